using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Plots;

/// <summary>The notebook that a cell belongs to, as a page that outputs are put on.</summary>
internal static class NotebookPage
{
    private static readonly ConditionalWeakTable<Kernel, KernelCommand> withPlotly = [];

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
    /// When the cell that it stands in is run again, that output goes, and it comes again.
    /// </summary>
    internal static void BringPlotly(KernelInvocationContext context)
    {
        var root = context.HandlingKernel.RootKernel;
        lock (withPlotly)
        {
            if (withPlotly.TryGetValue(root, out var bringer) && !IsSameCellAgain(bringer, context.Command))
                return;
            withPlotly.AddOrUpdate(root, context.Command);
        }
        Show(context, PlotlyScript.Load(), "plotly", [new("text/html", PlotlyScript.Load()), new("text/plain", "plotly.js draws the plots of this notebook.")]);
    }

    private static bool IsSameCellAgain(KernelCommand before, KernelCommand now) =>
        !ReferenceEquals(before, now) && before is SubmitCode { Code: var code } && now is SubmitCode again && again.Code == code;

    internal static void Show(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueProduced(value, context.Command, formatted, id));

    internal static void Update(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueUpdated(value, id, context.Command, formatted));
}
