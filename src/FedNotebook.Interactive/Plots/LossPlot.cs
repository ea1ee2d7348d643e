using FedNotebook.Plots;
using FedNotebook.Views;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook;

/// <summary>
/// A plot of the loss that grows while a hand-written training loop runs. In a notebook it shows itself with the first batch, is redrawn at most
/// five times a second (once a second when it takes minutes), and in full when the cell ends. In an ordinary program it only collects, and <see cref="SaveHtml"/> writes it.
/// </summary>
/// <example><code>
/// var plot = new LossPlot("Fashion-MNIST", total: loader.Count);
/// foreach (var (data, target) in loader)
/// {
///     ...
///     plot.Add(loss.item&lt;float&gt;(), worker: data.location.id);
/// }
/// plot.Round(accuracy: 0.83);
/// </code></example>
public sealed class LossPlot : IDisposable
{
    private readonly Lock gate = new();
    private readonly LossCurve curve;
    private readonly TimeProvider clock;
    private readonly string id = "fednb-" + Guid.NewGuid().ToString("N")[..12];
    private long? firstBatch;
    private long lastUpdate;
    private int update;
    private bool isBehind;
    private KernelInvocationContext? cell;

    /// <summary>Makes an empty plot.</summary>
    /// <param name="title">Stands above the plot.</param>
    /// <param name="total">How many batches there will be, for the progress bar and the remaining time; leave it out where that is not known.</param>
    /// <param name="rounds">How many rounds (or epochs) there will be, for the progress; leave it out where that is not known.</param>
    /// <param name="clock">Where the time comes from; the system's clock where left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="total"/> or <paramref name="rounds"/> is not positive.</exception>
    public LossPlot(string title = "Loss", int? total = null, int? rounds = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        if (total < 1)
            throw new ArgumentOutOfRangeException(nameof(total), total, "The number of batches is at least 1; leave it out where it is not known.");
        if (rounds < 1)
            throw new ArgumentOutOfRangeException(nameof(rounds), rounds, "The number of rounds is at least 1; leave it out where it is not known.");
        curve = new(title, total, rounds);
        this.clock = clock ?? TimeProvider.System;
    }

    /// <summary>How many batches were added.</summary>
    public int Count
    {
        get { lock (gate) return curve.Count; }
    }

    /// <summary>Gives workers their colors before their first batches.</summary>
    internal void Expect(IEnumerable<string> workers)
    {
        lock (gate) curve.Expect(workers);
    }

    /// <summary>Adds the loss of the next batch. A loss that is no finite number is counted and not drawn.</summary>
    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="worker">The id of the worker that has the batch; each worker gets a color of its own, as long as they are few.</param>
    /// <exception cref="OperationCanceledException">The cell was interrupted: the loop ends here, and what was learned up to this batch stays.</exception>
    public void Add(double loss, string? worker = null)
    {
        var context = KernelInvocationContext.Current;
        Add(loss, worker, context);
        context?.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Marks the end of a round (or of an epoch).</summary>
    /// <param name="accuracy">The accuracy measured after it, from 0 to 1, drawn on an axis of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="accuracy"/> is not between 0 and 1.</exception>
    public void Round(double? accuracy = null)
    {
        if (accuracy is { } share && !(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "An accuracy is between 0 and 1: write 83 % as 0.83.");
        Round(accuracy, KernelInvocationContext.Current);
    }

    /// <summary>Writes the plot as a page of its own, interactive without a network.</summary>
    /// <param name="path">The file to write; <c>.html</c> is added where it is missing.</param>
    public void SaveHtml(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            path += ".html";
        string page;
        lock (gate)
            page = LossView.Page(curve);
        File.WriteAllText(path, page);
    }

    /// <summary>Draws what is not drawn yet. The plot stays where it is and can go on.</summary>
    public void Dispose() => CatchUp(KernelInvocationContext.Current);

    /// <summary>The plot in words: the batches done, the last and the smoothed loss, the time.</summary>
    public override string ToString()
    {
        lock (gate)
            return LossText.Summary(curve);
    }

    /// <summary>Adds a batch that another thread computed for a cell.</summary>
    internal void Add(double loss, string? worker, KernelInvocationContext? context)
    {
        lock (gate)
        {
            firstBatch ??= clock.GetTimestamp();
            curve.Add(loss, worker, clock.GetElapsedTime(firstBatch.Value));
            Redraw(context, now: curve.Count == curve.Total);
        }
    }

    /// <summary>Marks the end of a round that other threads computed for a cell.</summary>
    internal void Round(double? accuracy, KernelInvocationContext? context)
    {
        lock (gate)
        {
            curve.Round(accuracy);
            Redraw(context, now: false);
        }
    }

    /// <summary>Draws what is not drawn yet.</summary>
    internal void CatchUp(KernelInvocationContext? context)
    {
        lock (gate)
            if (isBehind)
                Redraw(context, now: true);
    }

    internal string ToHtml()
    {
        var before = NotebookPage.BringPlotly();
        lock (gate)
            return before + LossView.Html(curve, id, update);
    }

    internal string ToFigureJson()
    {
        lock (gate)
            return LossFigure.Json(curve);
    }

    // The kernel keeps all that a cell puts out until the cell ends: a long run is redrawn less often.
    private TimeSpan BetweenUpdates => TimeSpan.FromSeconds(Math.Clamp(curve.Elapsed.TotalSeconds / 100, 0.2, 1));

    private void Redraw(KernelInvocationContext? context, bool now)
    {
        if (context is null)
            return;
        isBehind = true;
        if (!ReferenceEquals(context, cell))
        {
            cell = context;
            context.OnComplete(CatchUp);
        }
        if (!isBehind || !now && update > 0 && clock.GetElapsedTime(lastUpdate) < BetweenUpdates)
            return;

        // So few batches are complete also in a plot that still grows.
        isBehind = !now && curve.Count > LossFigure.Growing / LossFigure.PointsPerLinePoint;
        lastUpdate = clock.GetTimestamp();
        update++;
        var most = now ? LossFigure.Finished : LossFigure.Growing;
        var formatted = new FormattedValue[]
        {
            new("text/html", LossView.Html(curve, id, update, most)),
            new("application/vnd.plotly.v1+json", LossFigure.Json(curve, most)),
            new("text/plain", LossText.Summary(curve)),
        };
        if (update == 1)
        {
            NotebookPage.BringPlotly(context);
            NotebookPage.Show(context, this, id, formatted);
        }
        else
        {
            NotebookPage.Update(context, this, id, formatted);
        }
    }
}
