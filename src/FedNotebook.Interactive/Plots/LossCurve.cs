namespace FedNotebook.Plots;

/// <summary>What a loss plot knows: the exact loss of every batch by worker, the smoothed loss of all, the rounds.</summary>
internal sealed class LossCurve(string title, int? total)
{
    private readonly List<LossSeries> workers = [];
    private readonly List<RoundMark> rounds = [];
    private readonly LossSeries all = new(null, total);

    internal string Title { get; } = title;

    /// <summary>How many batches there will be, where that is known and not exceeded.</summary>
    internal int? Total => total >= Count ? total : null;

    internal int Count => all.Count;

    /// <summary>Batches whose loss was no finite number: they are counted and not drawn.</summary>
    internal int NotFinite => Count - all.Points.Count;

    internal double Last { get; private set; } = double.NaN;

    internal IReadOnlyList<LossPoint> Points => all.Points;

    internal IReadOnlyList<LossPoint> Smoothed => all.Smoothed;

    internal IReadOnlyList<LossSeries> Workers => workers;

    internal IReadOnlyList<RoundMark> Rounds => rounds;

    internal TimeSpan Elapsed { get; private set; }

    /// <summary>The time that the batches to come will take, if they are as quick as those before.</summary>
    internal TimeSpan? Remaining => Total is { } batches && Count > 1 ? Elapsed / (Count - 1) * (batches - Count) : null;

    internal void Add(double loss, string? worker, TimeSpan elapsed)
    {
        var point = new LossPoint(Count + 1, loss);
        all.Add(point);
        SeriesOf(worker).Add(point);
        (Last, Elapsed) = (loss, elapsed);
    }

    internal void Round(double? accuracy) => rounds.Add(new(rounds.Count + 1, Count, accuracy));

    private LossSeries SeriesOf(string? worker)
    {
        foreach (var series in workers)
            if (series.Worker == worker)
                return series;
        var added = new LossSeries(worker, total);
        workers.Add(added);
        return added;
    }
}
