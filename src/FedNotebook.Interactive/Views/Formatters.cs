using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>Which view shows which type. Every type has HTML and plain text.</summary>
internal static class Formatters
{
    private const string Html = "text/html", Plain = "text/plain", Figure = "application/vnd.plotly.v1+json";

    // The same objects each time: what is registered already is not registered again.
    private static readonly ITypeFormatter[] all =
    [
        new View<Tensor>(Html, TensorView.Html),
        new View<Tensor>(Plain, TensorView.Text),
        new View<LossPlot>(Html, plot => plot.ToHtml()),
        new View<LossPlot>(Figure, plot => plot.ToFigureJson()),
        new View<LossPlot>(Plain, plot => plot.ToString()),
        new View<GenericChart>(Html, ChartView.Html),
        new View<GenericChart>(Figure, GenericChart.toFigureJson),
        new View<GenericChart>(Plain, ChartView.Text),
    ];

    internal static void Register()
    {
        foreach (var formatter in all.Except(Formatter.RegisteredFormatters(includeDefaults: false)))
            Formatter.Register(formatter);
        foreach (var type in all.GroupBy(formatter => formatter.Type))
            Formatter.SetPreferredMimeTypesFor(type.Key, [.. type.Select(formatter => formatter.MimeType)]);
    }
}
