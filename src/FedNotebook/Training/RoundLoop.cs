using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The rounds of one training. It knows clients, and one strategy; what the strategy wraps, privacy for instance, it never knows.</summary>
internal sealed class RoundLoop(
    nn.Module<Tensor, Tensor> model, ModelLayout layout, ClientPool clients, Func<Tensor, Tensor, Tensor> loss, TrainingRun run, CancellationToken cancel) : IDisposable
{
    private readonly FederatedTrainerOptions options = run.Options with { Strategy = new CheckedStrategy(run.Options.Strategy, layout) };
    private readonly Lanes lanes = new(model, layout, clients, run.Options);
    private readonly IReadOnlyList<ModelTensor> frozen = layout.Frozen(model);
    private readonly int begun = run.State.Round;
    private readonly IReadOnlyList<TorchSharp.Modules.Parameter> untouched = [.. model.parameters().Where(parameter => !HasGradient(parameter))];

    /// <summary>Select, train, aggregate, evaluate, report; until all rounds are done or the option StopWhen says so.</summary>
    public void Run()
    {
        var home = new Replica(model, layout);
        var state = run.State;
        while (state.Round < options.Rounds && !StopsEarly())
        {
            cancel.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();

            // Select.
            var chosen = Chosen.For(state.Round + 1, clients, options, state.Seed);
            var able = chosen.Where(client => client.Excuse is null);
            var excused = chosen.Where(client => client.Excuse is not null).Select(client => new LeftOutClient(clients.Name(client.Client), client.Excuse!));

            // Train.
            var updates = lanes.Train([.. able.Select(client => TrainingOf(client, state))]);
            var (usable, unusable) = Sift(updates);
            if (state.Round == begun) MustBeUntouched(state);

            // Aggregate.
            var next = usable.Count > 0 ? Aggregate(state, usable) : NobodyTrained(state, unusable);

            // Evaluate.
            var (testLoss, accuracy) = IsDue(options.TestEvery, next.Round) ? Test(next) : (double.NaN, double.NaN);

            // Report.
            home.MustBeThatOf(model);
            var round = new TrainingRound
            {
                Round = next.Round,
                TrainLoss = usable.Sum(update => update.Loss * update.Rows) / usable.Sum(update => update.Rows),
                TestLoss = testLoss,
                TestAccuracy = accuracy,
                Clients = [.. usable.Select(update => update.Name)],
                LeftOut = [.. excused, .. unusable],
                Elapsed = clock.Elapsed,
                BytesSent = updates.Length * options.Strategy.BytesPerClient(layout),
            };
            if (options.Checkpoint is { } file && IsDue(options.CheckpointEvery, next.Round))
                Checkpoint.Save(file, next, [.. run.Rounds, round], options, clients);
            home.Write(next.Weights);
            run.Add(round, next);
            state = Forget(state, updates, next);
        }
    }

    public void Dispose() => lanes.Dispose();

    private bool StopsEarly()
    {
        try
        {
            return run.Rounds is [.., var last] && options.StopWhen?.Invoke(last) == true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"The option StopWhen failed: {error.Message}", error);
        }
    }

    private bool IsDue(int every, int round) => round % every == 0 || round == options.Rounds;

    private LocalTraining TrainingOf(Chosen client, StrategyState state) => new()
    {
        State = state,
        Strategy = options.Strategy,
        Loss = loss,
        Optimizer = options.Optimizer,
        Work = options.Strategy.Plan(new LocalWork(client.Epochs, options.BatchSize, options.Shuffle, options.DropLast)),
        Client = client.Client,
        Name = clients.Name(client.Client),
        OnBatch = run.TellsBatches ? run.Tell : null,
        Cancel = cancel,
    };

    /// <summary>Leaves out what no model may be made of.</summary>
    private static (IReadOnlyList<ClientUpdate> usable, IReadOnlyList<LeftOutClient> unusable) Sift(IReadOnlyList<ClientUpdate> updates)
    {
        List<ClientUpdate> usable = [];
        List<LeftOutClient> unusable = [];
        foreach (var update in updates)
        {
            if (!double.IsFinite(update.Loss)) unusable.Add(new(update.Name, $"its loss became {update.Loss} in batch {update.Steps}"));
            else if (!update.Sent.Values.Append(update.Weights).All(FiniteNumbers.Only)) unusable.Add(new(update.Name, "its update has numbers that are not finite"));
            else usable.Add(update);
        }

        return (usable, unusable);
    }

    private StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var (name, wrong, next) = (options.Strategy.Name, (string?)null, state);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        try
        {
            next = options.Strategy.Aggregate(state, updates) ?? throw new InvalidOperationException("it returned null instead of a state");
            var remembered = Remembered(state, next);
            if (next.Weights is null || next.Weights.dim() != 1 || next.Weights.numel() != layout.Length)
            {
                wrong = $"gave a model of another size in round {state.Round + 1}: the weights must be a vector of {layout.Length} numbers";
            }
            else if (is_complex(next.Weights.dtype))
            {
                wrong = $"gave complex numbers in round {state.Round + 1}: the weights must be real ones";
            }
            else
            {
                // Large 64-bit numbers may be none of 32 bits: so what is looked at is what the model will have.
                next = next with { Weights = Unfrozen(next.Weights.to(layout.Type), state), Layout = layout, Clients = state.Clients, Seed = state.Seed, Round = state.Round + 1 };
                if (!remembered.Append(next.Weights).All(FiniteNumbers.Only)) wrong = $"gave numbers that are not finite in round {state.Round + 1}";
                foreach (var tensor in remembered.Append(next.Weights)) tensor.DetachFromDisposeScope();
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Failed(state, $"The strategy {name} failed in round {state.Round + 1}: {error.Message.TrimEnd('.')}.", error);
        }

        return wrong is null ? next : throw Failed(state, $"The strategy {name} {wrong}.");
    }

    /// <summary>The tensors that a strategy remembers anew; what is old was looked at before.</summary>
    private static List<Tensor> Remembered(StrategyState state, StrategyState next)
    {
        if (next.Memory is null) throw new InvalidOperationException("the Memory of its state is null; it is empty where nothing is remembered");
        if (next.Memory.FirstOrDefault(memory => memory.Value is null) is { Key: { } name }) throw new InvalidOperationException($"what it remembers as \"{name}\" is null");
        return [.. next.Memory.Values.Except(state.Memory.Values, ReferenceEqualityComparer.Instance).Cast<Tensor>()];
    }

    /// <summary>A model in which what is frozen is what it was, to the bit: means of equal numbers may differ from these in the last one.</summary>
    private Tensor Unfrozen(Tensor weights, StrategyState state)
    {
        if (frozen.Count == 0) return weights.contiguous();
        var all = weights.clone();
        foreach (var tensor in frozen) all.narrow(0, tensor.Start, tensor.Length).copy_(state.Weights.narrow(0, tensor.Start, tensor.Length));
        return all;
    }

    /// <summary>A round in which nobody could train leaves the model as it is; one in which all failed is an error.</summary>
    private StrategyState NobodyTrained(StrategyState state, IReadOnlyList<LeftOutClient> unusable) => unusable.Count == 0
        ? state with { Round = state.Round + 1 }
        : throw Failed(state, $"No update of round {state.Round + 1} can be used: {string.Join("; ", unusable.Take(3))}. A smaller learning rate may help.");

    private (double loss, double accuracy) Test(StrategyState state)
    {
        if (options.Test is null) return (double.NaN, double.NaN);
        try
        {
            lanes.First.Write(state.Weights);
            return Evaluation.Of(lanes.First.Model, options.Test, loss, options.Cores, TrainingSeed.Of(state.Seed, state.Round, -3), cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Failed(state with { Round = state.Round - 1 }, $"The model of round {state.Round} could not be tested: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>Frees what the next state has no use for, and goes on with that.</summary>
    private static StrategyState Forget(StrategyState last, IReadOnlyList<ClientUpdate> updates, StrategyState next)
    {
        var kept = next.Memory.Values.Append(next.Weights).ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var seen = updates.SelectMany(update => update.Sent.Values.Append(update.Weights)).Concat(last.Memory.Values).Append(last.Weights);
        foreach (var tensor in seen.Where(tensor => !kept.Contains(tensor))) tensor.Dispose();
        last.OfClients.ForgetAllBut(next.OfClients);
        return next;
    }

    /// <summary>Clients train copies. Layers that a lambda took from the original would learn nothing, and nobody would know; what they leave is a gradient there.</summary>
    private void MustBeUntouched(StrategyState state)
    {
        if (!untouched.Any(HasGradient)) return;
        var names = model.named_parameters().Where(named => untouched.Contains(named.parameter, ReferenceEqualityComparer.Instance) && HasGradient(named.parameter)).Select(named => named.name);
        throw Failed(state, $"The clients computed with {string.Join(", ", names.Take(3))} of the model itself instead of its copy's, which would learn nothing. Call all layers in forward: a lambda keeps those that it was made with.");
    }

    private static bool HasGradient(Tensor parameter)
    {
        using var grad = parameter.grad;
        return grad is not null;
    }

    private static FederatedTrainingException Failed(StrategyState state, string what, Exception? cause = null) => FederatedTrainingException.After(state.Round, what, cause);
}
