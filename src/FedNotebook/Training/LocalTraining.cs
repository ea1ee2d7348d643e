using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The training of one client in one round: batch after batch, as anybody would write it.</summary>
internal sealed record LocalTraining
{
    /// <summary>
    /// Rows are fetched and transformed for several batches at once, about so many bytes: one batch at a time costs calls, and what is larger than the
    /// processor's cache has to be read from memory again when its batch comes.
    /// </summary>
    private const long BytesAtOnce = 256 * 1024;

    public required StrategyState State { get; init; }

    public required Strategy Strategy { get; init; }

    public required Func<Tensor, Tensor, Tensor> Loss { get; init; }

    public required Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> Optimizer { get; init; }

    public required LocalWork Work { get; init; }

    public required int Client { get; init; }

    public required string Name { get; init; }

    /// <summary>The model that the client begins with, where it is not the state's.</summary>
    public Tensor? Begin { get; init; }

    /// <summary>After how many batches to stop, whatever the epochs.</summary>
    public int MostSteps { get; init; } = int.MaxValue;

    /// <summary>Whether the model draws from torch's own random numbers, so that these must begin anew for each client.</summary>
    public bool SeedTorch { get; init; }

    public Action<TrainingBatch>? OnBatch { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>Trains a model that has the round's weights.</summary>
    /// <param name="replica">The model.</param>
    /// <param name="data">All rows.</param>
    /// <param name="targets">All targets.</param>
    /// <param name="own">The client's rows; null for all.</param>
    /// <param name="transform">What is done to the data of a row, if anything.</param>
    public ClientUpdate Run(Replica replica, Tensor data, Tensor targets, int[]? own, Transform? transform)
    {
        var seed = TrainingSeed.Of(State.Seed, State.Round + 1, Client);
        if (SeedTorch) manual_seed(seed);
        using var grads = enable_grad();
        using var optimizer = OptimizerOf(replica);
        var client = new ClientTraining(State, Client, replica.Parameters, Begin ?? State.Weights, optimizer);
        replica.Model.train();
        using (no_grad()) Strategy.BeginTraining(client);

        var rows = own?.Length ?? (int)data.shape[0];
        var order = own is null && !Work.Shuffle ? null : Array.ConvertAll(own ?? [.. Enumerable.Range(0, rows)], row => (long)row);
        var random = new Random(seed);
        var bytesPerRow = data.numel() / data.shape[0] * data.ElementSize;
        for (var epoch = 0; epoch < Work.Epochs && GoesOn(client); epoch++)
        {
            if (Work.Shuffle) random.Shuffle(order!);
            Epoch(client, replica.Model, optimizer, rows, bytesPerRow, (from, count) => Items(data, targets, transform, order, from, count));
        }

        using var noGrad = no_grad();
        var weights = replica.Read();
        var sent = Strategy.Finish(client, weights);
        foreach (var tensor in sent.Values) tensor.DetachFromDisposeScope();
        client.Free();
        return new ClientUpdate(Client, Name, rows, client.Steps, client.LossSum / client.Items, weights) { Sent = sent };
    }

    private optim.Optimizer OptimizerOf(Replica replica)
    {
        var optimizer = Optimizer(replica.Parameters.Where(parameter => parameter.requires_grad))
            ?? throw new InvalidOperationException("The option Optimizer gave null; it must give an optimizer: p => optim.SGD(p, 0.1).");
        if (optimizer is TorchSharp.Modules.LBFGS)
            throw new InvalidOperationException("The option Optimizer gave LBFGS, which computes the loss several times a step, where a client takes a step a batch. Use another one: p => optim.SGD(p, 0.1).");
        return optimizer.parameters().All(parameter => replica.Parameters.Any(own => ReferenceEquals(own, parameter)))
            ? optimizer
            : throw new InvalidOperationException(
                "The option Optimizer gave an optimizer over other parameters than it was given, so the client's model would not learn. Make it over those: p => optim.SGD(p, 0.1).");
    }

    private void Epoch(
        ClientTraining client, nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, int rows, long bytesPerRow, Func<int, int, (Tensor inputs, Tensor targets)> items)
    {
        var batch = Math.Min(Work.BatchSize, rows);
        if (Work.DropLast) rows -= rows % batch;
        var chunk = (int)Math.Min(rows, batch * Math.Max(1, BytesAtOnce / Math.Max(1, batch * bytesPerRow)));
        for (var first = 0; first < rows; first += chunk)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(chunk, rows - first);
            var (inputs, targets) = items(first, count);
            for (var start = 0; start < count; start += batch)
            {
                if (!GoesOn(client)) return;
                using var x = inputs.narrow(0, start, Math.Min(batch, count - start));
                using var y = targets.narrow(0, start, Math.Min(batch, count - start));
                Step(client, model, optimizer, x, y);
                OnBatch?.Invoke(new TrainingBatch(State.Round + 1, Name, client.Steps, Steps(rows), client.LastLoss));
            }
        }
    }

    /// <summary>Some items in their order, or as they lie where that is null: then nothing is copied.</summary>
    private static (Tensor inputs, Tensor targets) Items(Tensor data, Tensor targets, Transform? transform, long[]? order, int from, int count)
    {
        using var noGrad = no_grad(); // data that want gradients would tie all batches into one graph
        using var index = order is null ? null : tensor(order[from..(from + count)]);
        var inputs = index is null ? data.narrow(0, from, count) : data.index_select(0, index);
        return (transform?.CallBatch(inputs) ?? inputs, index is null ? targets.narrow(0, from, count) : targets.index_select(0, index));
    }

    private void Step(ClientTraining client, nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor x, Tensor y)
    {
        Cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = Loss(Output(model, x), y) ?? throw new InvalidOperationException("The loss gave null; it must give the loss of (output, target) as one number.");
        if (loss.numel() != 1)
            throw new InvalidOperationException($"The loss of a batch must be one number; it has the shape [{string.Join(", ", loss.shape)}]. Take its mean.");
        if (!loss.requires_grad)
            throw new InvalidOperationException("The loss does not depend on any parameter that wants gradients, so nothing can be learnt from it. Compute it from the model's output");

        loss.backward();
        if (client.Steps == 0) MustHaveGradients(client);
        using (no_grad()) Strategy.BeforeStep(client);
        optimizer.step();
        client.Count(loss.dtype == ScalarType.Float32 ? loss.item<float>() : loss.to(ScalarType.Float64).item<double>(), x.shape[0]);
    }

    /// <summary>A client trains a copy of the model. What computes with the original learns nothing, and nobody would know.</summary>
    private static void MustHaveGradients(ClientTraining client)
    {
        foreach (var parameter in client.Parameters)
        {
            using var grad = parameter.grad;
            if (grad is not null) return;
        }

        throw new InvalidOperationException(
            "The loss depends on parameters, but on none of the client's copy of the model. Call the layers in forward: a lambda that the constructor made keeps the layers of the model it was made for");
    }

    /// <summary>What the model makes of a batch; what libtorch says of the two commonest mistakes does not help who made them.</summary>
    private Tensor Output(nn.Module<Tensor, Tensor> model, Tensor x)
    {
        try
        {
            return model.call(x);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var type = State.Layout.Tensors[0].Type;
            var hint = x.dtype != type && is_floating_point(x.dtype) ? $"The data are {x.dtype} and the model is {type}: give both one type, data.to({(type == ScalarType.Float64 ? "float64" : "float32")}) for instance"
                : x.shape[0] == 1 && Work.BatchSize > 1 ? "This batch has one item only: where a client has more, the option DropLast leaves such batches out" : null;
            if (hint is null) throw;
            throw new InvalidOperationException($"{error.Message.TrimEnd('.')}. {hint}", error);
        }
    }

    /// <summary>Numbers that are no longer finite will not become so again.</summary>
    private bool GoesOn(ClientTraining client) => client.Steps < MostSteps && double.IsFinite(client.LossSum);

    private int Steps(int rows)
    {
        var batch = Math.Min(Work.BatchSize, rows);
        return (int)Math.Min(MostSteps, (long)Work.Epochs * ((rows + (Work.DropLast ? 0 : batch - 1)) / batch));
    }
}
