using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Plots;

/// <summary>The notebook that a cell belongs to, as a page that outputs are put on.</summary>
internal static class NotebookPage
{
    private static readonly ConditionalWeakTable<Kernel, object> withPlotly = [];

    /// <summary>The HTML that has to stand before a plot which is being formatted: in a notebook none, plotly.js is put on the page; elsewhere plotly.js itself.</summary>
    internal static string BringPlotly()
    {
        if (KernelInvocationContext.Current is not { } context)
            return PlotlyScript.Load() + "\n";
        BringPlotly(context);
        return "";
    }

    /// <summary>Puts plotly.js on the page, as an output of its own before the first plot: later plots, and updates, which replace their output, find it there.</summary>
    internal static void BringPlotly(KernelInvocationContext context)
    {
        lock (withPlotly)
            if (!withPlotly.TryAdd(context.HandlingKernel.RootKernel, new()))
                return;
        Show(context, PlotlyScript.Load(), "plotly", [new("text/html", PlotlyScript.Load()), new("text/plain", "plotly.js draws the plots of this notebook.")]);
    }

    internal static void Show(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueProduced(value, context.Command, formatted, id));

    internal static void Update(KernelInvocationContext context, object value, string id, IReadOnlyList<FormattedValue> formatted) =>
        context.Publish(new DisplayedValueUpdated(value, id, context.Command, formatted));
}
