namespace FedNotebook.Plots;

/// <summary>The batches of one worker, or of several, their smoothed loss, and the mean of each round. Only losses that a float can hold become points.</summary>
internal sealed class LossSeries(string name, int? total)
{
    private readonly List<LossPoint> points = [];
    private readonly List<LossPoint> smoothed = [];
    private readonly List<LossPoint> rounds = [];
    private readonly Smoothing smoothing = new(total);
    private double roundSum;
    private int roundCount;

    internal string Name => name;

    internal int Count { get; private set; }

    internal IReadOnlyList<LossPoint> Points => points;

    internal IReadOnlyList<LossPoint> Smoothed => smoothed;

    /// <summary>The mean loss of each round that had batches, at the round's last batch.</summary>
    internal IReadOnlyList<LossPoint> Rounds => rounds;

    internal void Add(LossPoint point)
    {
        Count++;
        if (!(Math.Abs(point.Loss) <= float.MaxValue))
            return;
        points.Add(point);
        smoothed.Add(new(point.Batch, smoothing.Next(point.Batch, point.Loss)));
        roundSum += point.Loss;
        roundCount++;
    }

    internal void EndRound(int batch)
    {
        if (roundCount > 0)
            rounds.Add(new(batch, roundSum / roundCount));
        (roundSum, roundCount) = (0, 0);
    }
}
