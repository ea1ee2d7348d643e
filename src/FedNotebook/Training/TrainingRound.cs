using System.Globalization;

namespace FedNotebook;

/// <summary>The report of a round.</summary>
public sealed record TrainingRound
{
    /// <summary>The round's number, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The mean loss over the items that the clients trained on, while they trained; NaN when nobody did.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The mean loss over the test set after the round; NaN when it was not measured.</summary>
    public double TestLoss { get; init; } = double.NaN;

    /// <summary>The share of the test set that is classified right after the round, 0 to 1; NaN when it was not measured, or the task is no classification.</summary>
    public double TestAccuracy { get; init; } = double.NaN;

    /// <summary>The clients whose updates the new model is made of: workers' ids, or "client 17".</summary>
    public required IReadOnlyList<string> Clients { get; init; }

    /// <summary>The clients that were chosen and whose updates were not used, with the reason.</summary>
    public IReadOnlyList<LeftOutClient> LeftOut { get; init; } = [];

    /// <summary>How long the round took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What travelled to the clients and back, in bytes; with simulated clients, what would have.</summary>
    public long BytesSent { get; init; }

    /// <summary>One line: <c>round 3: train loss 0.4211, test loss 0.3977, accuracy 88.31 %, 10 clients, 0.21 s</c>.</summary>
    public override string ToString()
    {
        var test = double.IsNaN(TestLoss) ? "" : $", test loss {LossNumber.Text(TestLoss)}";
        var accuracy = double.IsNaN(TestAccuracy) ? "" : string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * TestAccuracy:F2} %");
        var leftOut = LeftOut.Count == 0 ? "" : $"; left out: {string.Join("; ", LeftOut.Take(3))}{(LeftOut.Count > 3 ? $"; and {LeftOut.Count - 3} more" : "")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"round {Round}: train loss {(double.IsNaN(TrainLoss) ? "NaN" : LossNumber.Text(TrainLoss))}{test}{accuracy}, {Clients.Count} client{(Clients.Count == 1 ? "" : "s")}, {Elapsed.TotalSeconds:F2} s{leftOut}");
    }
}
