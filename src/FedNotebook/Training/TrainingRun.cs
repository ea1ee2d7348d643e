using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A federated training: its rounds so far, what it tells while it goes on, and its metrics as a table.</summary>
public sealed class TrainingRun
{
    private readonly Lock door = new();
    private readonly CancellationTokenSource stop = new();
    private volatile TrainingRound[] rounds;

    internal TrainingRun(string model, int clients, FederatedTrainerOptions options, int seed, IEnumerable<TrainingRound> done)
    {
        (Model, Clients, Options, Seed, rounds) = (model, clients, options, seed, [.. done]);
    }

    /// <summary>Tells of each batch of each client; one call at a time, from the training's threads.</summary>
    public event Action<TrainingBatch>? BatchDone;

    /// <summary>Tells of each round, when the model of that round is in place.</summary>
    public event Action<TrainingRound>? RoundDone;

    /// <summary>Tells of the end, whatever it is: <see cref="Status"/> says.</summary>
    public event Action<TrainingRun>? Ended;

    /// <summary>The rounds that are done, in order; <c>Rounds[0].Round</c> is 1.</summary>
    public IReadOnlyList<TrainingRound> Rounds => rounds;

    /// <summary>Where it stands.</summary>
    public TrainingStatus Status { get; internal set; }

    /// <summary>What ended it, where <see cref="Status"/> is <see cref="TrainingStatus.Failed"/>.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>The name of the model's class.</summary>
    public string Model { get; }

    /// <summary>The number of clients there are to choose from.</summary>
    public int Clients { get; }

    /// <summary>What the training was asked for.</summary>
    public FederatedTrainerOptions Options { get; }

    /// <summary>The seed that all random numbers came from.</summary>
    public int Seed { get; }

    /// <summary>The time that all rounds took together.</summary>
    public TimeSpan Elapsed => rounds.Aggregate(TimeSpan.Zero, (sum, round) => sum + round.Elapsed);

    /// <summary>What the strategy knows after the last round, the model among it.</summary>
    public StrategyState State { get; internal set; } = null!;

    /// <summary>
    /// The model that a client would begin the next round with, as one vector: the common model, unless the strategy lets clients keep a part of their
    /// own (<see cref="FedBN"/>). <c>run.State.Layout.Split</c> cuts it into the model's tensors.
    /// </summary>
    /// <param name="client">The client's number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such client.</exception>
    public Tensor WeightsOf(int client) => client >= 0 && client < Clients
        ? Options.Strategy.Begin(State, client).clone()
        : throw new ArgumentOutOfRangeException(nameof(client), $"There are {Clients} clients, 0 to {Clients - 1}; there is no client {client}.");

    /// <summary>
    /// Ends the training with its present batches, as the token that FitAsync was given does: the model is then that of the last whole round.
    /// One that has ended stays as it is.
    /// </summary>
    public void Cancel() => stop.Cancel();

    /// <summary>The metrics as text with commas: a line of names, then a line a round. Numbers that were not measured are left empty.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("Round,TrainLoss,TestLoss,TestAccuracy,Clients,LeftOut,Seconds,BytesSent\n");
        foreach (var r in rounds)
        {
            text.Append(CultureInfo.InvariantCulture, $"{r.Round},{Number(r.TrainLoss)},{Number(r.TestLoss)},{Number(r.TestAccuracy)},");
            text.Append(CultureInfo.InvariantCulture, $"{r.Clients.Count},{r.LeftOut.Count},{r.Elapsed.TotalSeconds},{r.BytesSent}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <see cref="ToCsv"/> to a file.</summary>
    /// <param name="path">The file; one that is there is replaced, and a folder that is not there is made.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveCsv(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
        File.WriteAllText(path, ToCsv());
    }

    /// <summary>The metrics as a table of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Options.Strategy.Name} over {Clients} client{(Clients == 1 ? "" : "s")}, {Model}: {rounds.Length} of {Options.Rounds} rounds, {StatusText()}\n");
        text.Append("round  train loss   test loss  accuracy  clients  left out   seconds          bytes\n");
        foreach (var r in rounds)
        {
            var accuracy = double.IsNaN(r.TestAccuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $"{100 * r.TestAccuracy:F2} %");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{r.Round,5}{LossNumber.Text(r.TrainLoss),12}{LossNumber.Text(r.TestLoss),12}{accuracy,10}{r.Clients.Count,9}{r.LeftOut.Count,10}{r.Elapsed.TotalSeconds,10:F2}{r.BytesSent,15}\n");
        }

        return text.ToString();
    }

    /// <summary>What reports call a client.</summary>
    internal Func<int, string> NameOf { get; init; } = client => $"client {client}";

    internal CancellationToken Cancelled => stop.Token;

    internal bool TellsBatches => BatchDone is not null || Options.OnBatch is not null;

    internal void Tell(TrainingBatch batch)
    {
        lock (door)
        {
            Call(nameof(Options.OnBatch), "option", Options.OnBatch, batch);
            Call(nameof(BatchDone), "event", BatchDone, batch);
        }
    }

    internal void Add(TrainingRound round, StrategyState state)
    {
        (rounds, State) = ([.. rounds, round], state);
        Call(nameof(Options.OnRound), "option", Options.OnRound, round);
        Call(nameof(RoundDone), "event", RoundDone, round);
    }

    /// <exception cref="FederatedTrainingException">Who listens failed. The training is over all the same, as <see cref="Status"/> says.</exception>
    internal void End(TrainingStatus status, Exception? error = null)
    {
        (Status, Error) = (status, error);
        try
        {
            Ended?.Invoke(this);
        }
        catch (Exception failed)
        {
            throw FederatedTrainingException.After(rounds.Length, $"The training {StatusText()}, and who listens to its end failed: {failed.Message.TrimEnd('.')}.", failed);
        }
    }

    /// <summary>Calls what somebody wants to be called, and says which of these calls it was when that fails.</summary>
    private static void Call<T>(string name, string kind, Action<T>? action, T what)
    {
        try
        {
            action?.Invoke(what);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"The {kind} {name} failed: {error.Message}", error);
        }
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private string StatusText() => Status switch
    {
        TrainingStatus.Running => "running",
        TrainingStatus.Finished => "finished",
        TrainingStatus.StoppedEarly => "stopped early",
        TrainingStatus.Cancelled => "cancelled",
        _ => "failed",
    };
}
