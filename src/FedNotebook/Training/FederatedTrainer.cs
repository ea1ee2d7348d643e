using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Trains a model over clients whose data stay where they are: in each round some of them are chosen, each trains the model on its own
/// data, and the strategy makes the next model of what comes home. The round loop itself is one function, <c>RoundLoop.Run</c>.
/// </summary>
public sealed class FederatedTrainer
{
    /// <summary>The models that are being trained, and who trains them: two trainings of one model would overwrite each other's rounds.</summary>
    private static readonly ConditionalWeakTable<nn.Module, FederatedTrainer> Trained = [];

    private readonly nn.Module<Tensor, Tensor> model;
    private readonly ClientPool clients;
    private readonly Func<Tensor, Tensor, Tensor> loss;
    private readonly FederatedTrainerOptions options;

    /// <summary>Makes a trainer over workers: the model is sent to each worker that is chosen, trains there, and comes home.</summary>
    /// <param name="model">The model, here. It is changed after each round; in between it stays as it is.</param>
    /// <param name="federated">The data at the workers.</param>
    /// <param name="loss">Gives the loss of (output, target) as one number: <c>(output, target) => F.cross_entropy(output, target)</c>. It is run at the workers.</param>
    /// <param name="options">How to train; null: as the options say that nobody set.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or the model has no parameters.</exception>
    /// <exception cref="ModelsNotTogetherException">The model is away.</exception>
    public FederatedTrainer(
        nn.Module<Tensor, Tensor> model, FederatedDataset federated, Func<Tensor, Tensor, Tensor> loss, FederatedTrainerOptions? options = null)
        : this(model, new WorkerPool(federated ?? throw new ArgumentNullException(nameof(federated)), options?.User), loss, options)
    {
    }

    /// <summary>Makes a trainer over simulated clients.</summary>
    /// <param name="model">The model. It is changed after each round; in between it stays as it is.</param>
    /// <param name="clients">The clients: <c>train.federate(clients: 100, Partition.IID(seed: 1))</c>.</param>
    /// <param name="loss">Gives the loss of (output, target) as one number: <c>(output, target) => F.cross_entropy(output, target)</c>.</param>
    /// <param name="options">How to train; null: as the options say that nobody set.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or the model has no parameters.</exception>
    /// <exception cref="ModelsNotTogetherException">The model is away.</exception>
    public FederatedTrainer(
        nn.Module<Tensor, Tensor> model, SimulatedClients clients, Func<Tensor, Tensor, Tensor> loss, FederatedTrainerOptions? options = null)
        : this(model, new SimulatedPool(clients ?? throw new ArgumentNullException(nameof(clients))), loss, options)
    {
    }

    private FederatedTrainer(nn.Module<Tensor, Tensor> model, ClientPool clients, Func<Tensor, Tensor, Tensor> loss, FederatedTrainerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        if (clients.Count == 0) throw new ArgumentException("No worker has a part of the data set any more, so there is nobody to train with.", "federated");
        (this.model, this.clients, this.loss, this.options) = (model, clients, loss, options ?? new());
        this.options.Check(clients.Count);
        Layout = ModelLayout.Of(model);
    }

    /// <summary>Tells of each training in this process when it begins: whoever shows trainings subscribes here, and to the run's own events.</summary>
    public static event Action<TrainingRun>? Started;

    /// <summary>The training that runs, or ran last; null before the first one.</summary>
    public TrainingRun? Run { get; private set; }

    /// <summary>How the model's tensors lie in the vectors that strategies work on.</summary>
    public ModelLayout Layout { get; private set; }

    /// <summary>Trains, beginning with the model as it is.</summary>
    /// <param name="cancellationToken">Ends the training; the model is then that of the last whole round, and <see cref="Run"/> has the rounds.</param>
    /// <returns>The rounds.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FederatedTrainingException">A client or the strategy failed, or no update of a round could be used. The model is that of the last whole round.</exception>
    /// <exception cref="InvalidOperationException">This trainer trains already, or another one trains the model.</exception>
    public Task<TrainingRun> FitAsync(CancellationToken cancellationToken = default) =>
        Begin(() => (new StrategyState(Layout, new Replica(model, Layout).Read(), clients.Count, options.Seed ?? DrawSeed()), []), cancellationToken);

    /// <summary>Goes on with a training from its checkpoint, with the very numbers that it would have had without the interruption.</summary>
    /// <param name="checkpoint">The file that the option Checkpoint named.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>All rounds, those before the checkpoint too.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint or is damaged; the model is left as it is.</exception>
    /// <exception cref="ArgumentException">
    /// The checkpoint is of another model, strategy, seed, division of data, or of other options that the numbers follow from. More rounds, other tests and another
    /// Parallel may be asked for; the optimizer must be the same, which nobody can check.
    /// </exception>
    public Task<TrainingRun> ResumeAsync(string checkpoint, CancellationToken cancellationToken = default)
    {
        return Begin(
            () =>
            {
                var home = new Replica(model, Layout);
                var loaded = FedNotebook.Checkpoint.Load(checkpoint, Layout, options, clients);
                home.Write(loaded.state.Weights);
                return loaded;
            },
            cancellationToken);
    }

    /// <summary>Begins a training with a state, unless one goes on: then not even the model is touched.</summary>
    private Task<TrainingRun> Begin(Func<(StrategyState state, IReadOnlyList<TrainingRound> done)> first, CancellationToken cancel)
    {
        if (!Trained.TryAdd(model, this))
        {
            throw new InvalidOperationException(Trained.TryGetValue(model, out var other) && !ReferenceEquals(other, this)
                ? "Another trainer trains this model. Wait for it, or train a copy: model.copy()."
                : "This trainer trains already. Wait for it, cancel it, or make another trainer with a copy of the model.");
        }

        try
        {
            Layout = ModelLayout.Of(Home()); // since the trainer was made, the model may have become another one
            var (state, done) = first();
            Run = new TrainingRun(model.GetName(), clients.Count, options, state.Seed, done) { State = state, NameOf = clients.Name };
            Started?.Invoke(Run);
        }
        catch
        {
            Trained.Remove(model);
            throw;
        }

        return Supervised(Run, cancel);
    }

    /// <summary>The rounds run on one thread: what belongs to a thread meets no await. The await here is what makes a cancelled task of a cancelled training.</summary>
    private async Task<TrainingRun> Supervised(TrainingRun run, CancellationToken cancel) => await Task.Run(() => Supervise(run, cancel), CancellationToken.None).ConfigureAwait(false);

    private TrainingRun Supervise(TrainingRun run, CancellationToken cancel)
    {
        Exception? error = null;
        try
        {
            using var cancelled = cancel.Register(run.Cancel);
            using var rounds = new RoundLoop(model, Layout, clients, loss, run, run.Cancelled);
            rounds.Run();
        }
        catch (Exception cause)
        {
            error = Told(cause, run.Rounds.Count, cancel);
        }
        finally
        {
            Trained.Remove(model);
        }

        var status = error is OperationCanceledException ? TrainingStatus.Cancelled
            : error is not null ? TrainingStatus.Failed
            : run.Rounds.Count < options.Rounds ? TrainingStatus.StoppedEarly : TrainingStatus.Finished;
        try
        {
            run.End(status, status == TrainingStatus.Failed ? error : null);
        }
        catch (FederatedTrainingException) when (error is not null)
        {
            // What ended the training is more to the point.
        }

        if (error is not null) ExceptionDispatchInfo.Throw(error);
        return run;
    }

    /// <summary>What ended a training, told with the model that one has now.</summary>
    private static Exception Told(Exception cause, int done, CancellationToken cancel)
    {
        var when = done == 0 ? "in its first round" : $"after round {done}";
        return cause switch
        {
            // Also one from the loss: an interrupted cell stops its own code first.
            OperationCanceledException cancelled => new OperationCanceledException(
                $"The training was cancelled {when}. {FederatedTrainingException.ModelOf(done)}", cause, cancel.IsCancellationRequested ? cancel : cancelled.CancellationToken),
            FederatedException or IOException => cause,

            // The strategy's Plan, StopWhen, somebody who listens: all that is not a client's work or an aggregation.
            _ => FederatedTrainingException.After(done, $"The training ended {when}: {cause.Message.TrimEnd('.')}.", cause),
        };
    }

    private nn.Module<Tensor, Tensor> Home() =>
        ModelPlace.Of(model) is { } place ? throw ModelsNotTogetherException.NotHere(place.Location) : model;

    private static int DrawSeed()
    {
        using var draw = randint(int.MaxValue, new long[] { 1 }, dtype: ScalarType.Int64); // torch.manual_seed makes it repeatable
        return (int)draw.item<long>();
    }
}
