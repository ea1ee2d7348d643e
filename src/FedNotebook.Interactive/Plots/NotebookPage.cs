using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Plots;

/// <summary>The notebook that a cell belongs to, as a page that outputs are put on.</summary>
internal sealed class NotebookPage
{
    private static readonly ConditionalWeakTable<Kernel, NotebookPage> pages = [];

    private readonly Lock gate = new();

    // The code of the cell in whose output plotly.js stands; null: it stands nowhere.
    private KernelCommand? bringer;

    private NotebookPage(Kernel root) => root.KernelEvents.Subscribe(happened =>
    {
        if (happened is CodeSubmissionReceived) CellRuns(happened.Command);
    });

    /// <summary>The HTML that has to stand before a plot which is being formatted: in a notebook none, plotly.js is put on the page; elsewhere plotly.js itself.</summary>
    internal static string BringPlotly()
    {
        if (KernelInvocationContext.Current is not { } context)
            return PlotlyScript.Load() + "\n";
        BringPlotly(context);
        return "";
    }

    /// <summary>
    /// Puts plotly.js on the page, as an output of its own before the first plot: later plots, and updates, which replace their output, find it there.
    /// When the cell that it stands in is run again, as it was or edited, that output goes, and plotly.js comes again with the next plot.
    /// </summary>
    internal static void BringPlotly(KernelInvocationContext context)
    {
        var page = pages.GetValue(context.HandlingKernel.RootKernel, root => new(root));
        if (page.Misses(context.Command))
            Show(context, PlotlyScript.Load(), "plotly", [new("text/html", PlotlyScript.Load()), new("text/plain", "plotly.js draws the plots of this notebook.")]);
    }

    internal static void Show(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueProduced(value, context.Command, formatted, id));

    internal static void Update(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueUpdated(value, id, context.Command, formatted));

    private bool Misses(KernelCommand now)
    {
        lock (gate)
        {
            if (bringer is not null) return false;
            bringer = now;
            return true;
        }
    }

    private void CellRuns(KernelCommand now)
    {
        lock (gate)
            if (!ReferenceEquals(now, bringer) && bringer is SubmitCode { Code: var before } && now is SubmitCode { Code: var again } && CellCode.IsEdit(before, again))
                bringer = null;
    }
}
