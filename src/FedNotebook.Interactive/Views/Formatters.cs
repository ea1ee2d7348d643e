using System.Net;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>Which view shows which type. Every type has HTML and plain text.</summary>
internal static class Formatters
{
    private const string Html = "text/html", Plain = "text/plain", Figure = "application/vnd.plotly.v1+json";

    // What bob._objects is; other dictionaries are none of our business.
    private static readonly Type objects = sy.local_worker._objects.GetType();

    // The same objects each time: what is registered already is not registered again.
    private static readonly ITypeFormatter[] all =
    [
        new View<Tensor>(Html, TensorView.Html),
        new View<Tensor>(Plain, TensorView.Text),
        new View<BaseWorker>(Html, WorkerView.Html),
        new View<BaseWorker>(Plain, worker => worker.ToString()),
        new View<IReadOnlyDictionary<long, object>>(Html, WorkerView.Table, objects),
        new View<IReadOnlyDictionary<long, object>>(Plain, WorkerView.Text, objects),
        new View<PointerTensor>(Html, pointer => $"<pre style=\"margin:0\">{WebUtility.HtmlEncode(pointer.ToString())}</pre>"),
        new View<PointerTensor>(Plain, pointer => pointer.ToString()),
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
