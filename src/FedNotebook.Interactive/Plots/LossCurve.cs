namespace FedNotebook.Plots;

/// <summary>What a loss plot knows: the exact loss of every batch by worker, the smoothed loss of all, the rounds.</summary>
internal sealed class LossCurve(string title, int? total, int? rounds = null)
{
    /// <summary>More workers than this are drawn as one: nobody tells apart more colors.</summary>
    internal const int MostDrawn = 8;

    private readonly Dictionary<string, LossSeries> byWorker = [];
    private readonly List<LossSeries> drawn = [];
    private readonly List<RoundMark> marks = [];
    private readonly LossSeries all = new("smoothed", total);
    private LossSeries? unnamed, others;

    internal string Title { get; } = title;

    /// <summary>How many batches there will be, where that is known and not exceeded.</summary>
    internal int? Total => total >= Count ? total : null;

    /// <summary>How many rounds there will be, where that is known and not exceeded.</summary>
    internal int? TotalRounds => rounds >= marks.Count ? rounds : null;

    internal int Count => all.Count;

    /// <summary>Batches whose loss was no finite number: they are counted and not drawn.</summary>
    internal int NotFinite => Count - all.Points.Count;

    internal double Last { get; private set; } = double.NaN;

    internal LossSeries All => all;

    internal IReadOnlyList<LossPoint> Points => all.Points;

    internal IReadOnlyList<LossPoint> Smoothed => all.Smoothed;

    /// <summary>The workers, in the order in which they came.</summary>
    internal IReadOnlyCollection<LossSeries> Workers => byWorker.Values;

    /// <summary>What gets a color of its own: each worker, as long as they are few; batches without a worker are one series.</summary>
    internal IReadOnlyList<LossSeries> Drawn => drawn;

    internal IReadOnlyList<RoundMark> Rounds => marks;

    internal TimeSpan Elapsed { get; private set; }

    /// <summary>How much is done, 0 to 1, where that is known.</summary>
    internal double? Done => Total is { } batches ? (double)Count / batches : TotalRounds is { } all ? (double)marks.Count / all : null;

    /// <summary>The time that the batches to come will take, if they are as quick as those before; or the rounds, where only those are known.</summary>
    internal TimeSpan? Remaining =>
        Total is { } batches ? (Count > 1 ? Elapsed / (Count - 1) * (batches - Count) : null) :
        TotalRounds is { } all && marks.Count > 0 ? Elapsed / marks.Count * (all - marks.Count) : null;

    /// <summary>Gives workers their places before their first batches: in a training they come in any order.</summary>
    internal void Expect(IEnumerable<string> workers)
    {
        foreach (var worker in workers)
            SeriesOf(worker);
    }

    internal void Add(double loss, string? worker, TimeSpan elapsed)
    {
        var point = new LossPoint(Count + 1, loss);
        all.Add(point);
        if (worker is null)
            Unnamed().Add(point);
        else
            AddFor(worker, point);
        (Last, Elapsed) = (loss, elapsed);
    }

    internal void Round(double? accuracy)
    {
        marks.Add(new(marks.Count + 1, Count, accuracy));
        all.EndRound(Count);
        foreach (var series in drawn)
            series.EndRound(Count);
    }

    private void AddFor(string worker, LossPoint point)
    {
        var series = SeriesOf(worker);
        series.Add(point);
        if (byWorker.Count > MostDrawn && !drawn.Contains(series))
            Others().Add(point);
    }

    private LossSeries SeriesOf(string worker)
    {
        if (byWorker.TryGetValue(worker, out var series)) return series;
        series = byWorker[worker] = new(worker, total);
        if (byWorker.Count <= MostDrawn)
            drawn.Add(series);
        return series;
    }

    private LossSeries Unnamed() => unnamed ??= Draw(new("each batch", total));

    private LossSeries Others() => others ??= Draw(new("other workers", total));

    private LossSeries Draw(LossSeries series)
    {
        drawn.Add(series);
        return series;
    }
}
