namespace FedNotebook.Plots;

/// <summary>What a loss plot knows: every batch's exact loss and worker, the smoothed loss, the rounds.</summary>
internal sealed class LossCurve(string title, int? total)
{
    private readonly List<LossPoint> batches = [];
    private readonly List<LossPoint> smoothed = [];
    private readonly List<RoundMark> rounds = [];
    private readonly List<LossSeries> workers = [];
    private readonly Smoothing smoothing = new(total);

    internal string Title { get; } = title;

    /// <summary>How many batches there will be, where that is known and not yet exceeded.</summary>
    internal int? Total => total >= batches.Count ? total : null;

    internal IReadOnlyList<LossPoint> Batches => batches;

    internal IReadOnlyList<LossPoint> Smoothed => smoothed;

    internal IReadOnlyList<LossSeries> Workers => workers;

    internal IReadOnlyList<RoundMark> Rounds => rounds;

    /// <summary>Batches whose loss was no finite number.</summary>
    internal int NotFinite { get; private set; }

    internal TimeSpan Elapsed { get; private set; }

    /// <summary>The time that the batches to come will take, if they are as quick as those before.</summary>
    internal TimeSpan? Remaining => Total is { } all && batches.Count > 1 ? Elapsed / (batches.Count - 1) * (all - batches.Count) : null;

    internal void Add(double loss, string? worker, TimeSpan elapsed)
    {
        var point = new LossPoint(batches.Count + 1, loss);
        batches.Add(point);
        Series(worker).Add(point);
        Elapsed = elapsed;
        if (double.IsFinite(loss))
            smoothed.Add(new(point.Batch, smoothing.Next(loss)));
        else
            NotFinite++;
    }

    internal void Round(double? accuracy) => rounds.Add(new(rounds.Count + 1, batches.Count, accuracy));

    private LossSeries Series(string? worker)
    {
        foreach (var series in workers)
            if (series.Worker == worker)
                return series;
        var added = new LossSeries(worker, total);
        workers.Add(added);
        return added;
    }
}
