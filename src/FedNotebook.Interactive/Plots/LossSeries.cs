namespace FedNotebook.Plots;

/// <summary>The batches of one worker, and their smoothed loss.</summary>
internal sealed class LossSeries(string? worker, int? total)
{
    private readonly List<LossPoint> batches = [];
    private readonly List<LossPoint> smoothed = [];
    private readonly Smoothing smoothing = new(total);

    internal string? Worker { get; } = worker;

    internal string Name => Worker ?? "per batch";

    internal IReadOnlyList<LossPoint> Batches => batches;

    internal IReadOnlyList<LossPoint> Smoothed => smoothed;

    internal void Add(LossPoint point)
    {
        batches.Add(point);
        if (double.IsFinite(point.Loss))
            smoothed.Add(new(point.Batch, smoothing.Next(point.Loss)));
    }
}
