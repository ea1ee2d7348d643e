using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>How a federated training runs. What is left out has the value that stands with it.</summary>
public sealed record FederatedTrainerOptions
{
    /// <summary>The number of rounds; 10.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>The share of the clients that is chosen in each round, 0 to 1; 1: all. At least one client is chosen, so 0 means one, as in the papers.</summary>
    public double ClientFraction { get; init; } = 1;

    /// <summary>The number of clients that is chosen in each round, in place of <see cref="ClientFraction"/>; null: that decides.</summary>
    public int? ClientsPerRound { get; init; }

    /// <summary>How often a client reads its data in a round; 1.</summary>
    public int LocalEpochs { get; init; } = 1;

    /// <summary>The number of items in a batch; 32. <see cref="int.MaxValue"/> for all that a client has (the papers' B = ∞).</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether a client mixes its items anew for each epoch; true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether a client leaves out the last batch of an epoch when it is smaller than the others; false. Batch normalization bears no batch of one
    /// item. A client that has less than one batch trains on what it has.
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// Makes all choices and mixings repeatable. The result is the same to the bit, however many clients train side by side. Null: the seed is drawn
    /// from torch's random numbers, so that <c>torch.manual_seed</c> decides. Where the model draws from torch's random numbers itself, as dropout does, nobody else may draw
    /// from them while it trains, another training neither: there is one stream of them in a process.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Makes a client's optimizer, a new one for each client in each round; plain SGD with a learning rate of 0.1. One that falls from round to round, also over
    /// <see cref="FederatedTrainer.ResumeAsync"/>: <c>p => optim.SGD(p, 0.1 * Math.Pow(0.99, trainer!.Run!.Rounds.Count))</c>, as with <see cref="StopWhen"/>.
    /// </summary>
    public Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer { get; init; } = static parameters => optim.SGD(parameters, 0.1);

    /// <summary>The algorithm; <see cref="FedAvg"/>.</summary>
    public Strategy Strategy { get; init; } = new FedAvg();

    /// <summary>What the model is tested with after a round: a data set of [data, target]; null: nothing.</summary>
    public utils.data.IterableDataset? Test { get; init; }

    /// <summary>The model is tested after every so many rounds, and after the last one; 1.</summary>
    public int TestEvery { get; init; } = 1;

    /// <summary>
    /// Ends the training early: called after each round but the last, true ends it. What it wants to know of the rounds before stands in <c>trainer.Run.Rounds</c>, after
    /// <see cref="FederatedTrainer.ResumeAsync"/> too: <c>_ => trainer.Run!.Rounds is { Count: > 5 } all &amp;&amp; all[^1].TestLoss >= all[^6].TestLoss</c>.
    /// Outside notebooks the variable must be there before: <c>FederatedTrainer? trainer = null; trainer = new(...)</c>.
    /// </summary>
    public Func<TrainingRound, bool>? StopWhen { get; init; }

    /// <summary>Called after each batch of each client; one call at a time, from the training's threads.</summary>
    public Action<TrainingBatch>? OnBatch { get; init; }

    /// <summary>Called after each round, from the training's thread.</summary>
    public Action<TrainingRound>? OnRound { get; init; }

    /// <summary>How many clients may train side by side; null: as many as there are processor cores. Each uses one thread.</summary>
    public int? Parallel { get; init; }

    /// <summary>
    /// The share of the chosen clients that manage only a part of their epochs (one to <see cref="LocalEpochs"/> - 1), 0 to 1; 0. A strategy that
    /// takes no partial work leaves them out. For the study of clients that differ in speed.
    /// </summary>
    public double Stragglers { get; init; }

    /// <summary>The file to which the state is saved after a round, for <see cref="FederatedTrainer.ResumeAsync"/>; null: none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The state is saved after every so many rounds, and after the last one; 1.</summary>
    public int CheckpointEvery { get; init; } = 1;

    /// <summary>Who trains, where the workers' data are private; null: nobody in particular.</summary>
    public string? User { get; init; }

    /// <summary>How much may go on side by side.</summary>
    internal int Cores => Parallel ?? Environment.ProcessorCount;

    /// <summary>Sees to it that the options make sense together.</summary>
    /// <exception cref="ArgumentException">One does not; the message says which.</exception>
    internal void Check(int clients)
    {
        AtLeastOne(Rounds, nameof(Rounds));
        AtLeastOne(LocalEpochs, nameof(LocalEpochs));
        AtLeastOne(BatchSize, nameof(BatchSize));
        AtLeastOne(TestEvery, nameof(TestEvery));
        AtLeastOne(CheckpointEvery, nameof(CheckpointEvery));
        AtLeastOne(Parallel ?? 1, nameof(Parallel));
        AtLeastOne(ClientsPerRound ?? 1, nameof(ClientsPerRound));
        Share(ClientFraction, nameof(ClientFraction));
        Share(Stragglers, nameof(Stragglers));
        if (ClientsPerRound > clients)
            throw new ArgumentOutOfRangeException(nameof(ClientsPerRound), $"ClientsPerRound is {ClientsPerRound}, and there are {clients} clients.");
        if (Stragglers > 0 && LocalEpochs < 2)
            throw new ArgumentException("Stragglers manage a part of their epochs only, so LocalEpochs must be at least 2.", nameof(Stragglers));
        if (Optimizer is null) throw new ArgumentNullException(nameof(Optimizer), "The option Optimizer is null; it makes an optimizer: p => optim.SGD(p, 0.1).");
        if (Strategy is null) throw new ArgumentNullException(nameof(Strategy), "The option Strategy is null; new FedAvg() is the usual one.");
        if (Test is { Count: <= 0 }) throw new ArgumentException("The test set has no items; leave the option Test out to train without.", nameof(Test));
        if (Checkpoint is { } path && string.IsNullOrWhiteSpace(path)) throw new ArgumentException("The option Checkpoint is empty; it names a file.", nameof(Checkpoint));
    }

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, $"{name} must be at least 1; it is {value}.");
    }

    private static void Share(double value, string name)
    {
        if (!(value >= 0 && value <= 1)) throw new ArgumentOutOfRangeException(name, $"{name} is a share from 0 to 1; it is {value}.");
    }
}
