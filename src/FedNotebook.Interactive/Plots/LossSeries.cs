namespace FedNotebook.Plots;

/// <summary>The batches of one worker, and their smoothed loss. Only losses that a float can hold become points.</summary>
internal sealed class LossSeries(string? worker, int? total)
{
    private readonly List<LossPoint> points = [];
    private readonly List<LossPoint> smoothed = [];
    private readonly Smoothing smoothing = new(total);

    internal string? Worker { get; } = worker;

    internal string Name => Worker ?? "each batch";

    internal int Count { get; private set; }

    internal IReadOnlyList<LossPoint> Points => points;

    internal IReadOnlyList<LossPoint> Smoothed => smoothed;

    internal void Add(LossPoint point)
    {
        Count++;
        if (!(Math.Abs(point.Loss) <= float.MaxValue))
            return;
        points.Add(point);
        smoothed.Add(new(point.Batch, smoothing.Next(point.Batch, point.Loss)));
    }
}
