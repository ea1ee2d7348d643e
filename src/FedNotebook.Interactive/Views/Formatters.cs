using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>Which view shows which type. Every type has HTML and plain text.</summary>
internal static class Formatters
{
    private const string Figure = "application/vnd.plotly.v1+json";

    // What bob._objects is; other dictionaries are none of our business.
    private static readonly Type objects = typeof(ObjectStore);

    private static readonly Lock gate = new();

    // Lists, and no queries: looking at a query would run it, and it may send.
    // The same objects each time: what is registered already is not registered again.
    private static readonly ITypeFormatter[] all =
    [
        .. Of<Tensor>(TensorView.Html, TensorView.Text),
        .. Of<PrivateTensor>(hidden => Frame.Of($"<pre>{hidden.ToString()}</pre>{Frame.TagLine(hidden.tags)}{Frame.Note(hidden.description)}"), hidden => hidden.ToString()),
        .. Of<nn.Module>(ModelView.Html, ModelView.Text),
        .. Of<BaseWorker>(WorkerView.Html, worker => worker.ToString()),
        .. Of<IReadOnlyCollection<BaseWorker>>(WorkerView.Html, WorkerView.Text),
        .. Of<IReadOnlyDictionary<string, BaseWorker>>(workers => WorkerView.Html(workers.Values), workers => WorkerView.Text(workers.Values)),
        .. Of<IReadOnlyDictionary<long, object>>(ObjectTable.Html, ObjectTable.Text, objects),
        .. Of<IReadOnlyDictionary<string, IReadOnlyDictionary<long, object>>>(ObjectTable.Html, ObjectTable.Text),
        .. Of<ObjectPointer>(PointerView.Html, PointerView.Text),
        .. Of<MultiPointerTensor>(PointerView.Html, pointers => pointers.ToString()),
        .. Of<PrivateGridNetwork>(grid => GridView.Html("PrivateGridNetwork", grid.workers), grid => GridView.Text("PrivateGridNetwork", grid.workers)),
        .. Of<VirtualGrid>(grid => GridView.Html("VirtualGrid", grid.workers), grid => GridView.Text("VirtualGrid", grid.workers)),
        .. Of<IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>>>(SearchView.Html, SearchView.Text),
        .. Of<(IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> Results, IReadOnlyDictionary<string, int> Tags)>(
            found => SearchView.Html(found.Results, found.Tags), found => SearchView.Text(found.Results)),
        .. Of<IReadOnlyCollection<PointerTensor>>(pointers => SearchView.Html(SearchView.ByWorker(pointers)), pointers => SearchView.Text(SearchView.ByWorker(pointers))),
        .. Of<FederatedDataset>(DatasetView.Html, DatasetView.Text),
        .. Of<FederatedDataLoader>(DatasetView.Html, DatasetView.Text),
        .. Of<PointerDataset>(DatasetView.Html, dataset => dataset.ToString()),
        .. Of<BaseDataset>(DatasetView.Html, dataset => dataset.ToString()),
        .. Of<CsvTable>(CsvView.Html, table => table.ToString()),
        .. Of<SimulatedClients>(SimulatedClientsView.Html, SimulatedClientsView.Text),
        .. Of<TrainingRun>(TrainingRunView.Html, TrainingRunView.Text),
        .. Of<IReadOnlyCollection<TrainingRound>>(TrainingRunView.Html, TrainingRunView.Text),
        .. Of<TrainingRound>(round => TrainingRunView.Html([round]), round => round.ToString()),
        .. Of<TrainConfig>(TrainConfigView.Html, config => config.ToString()),
        .. Of<FederatedClient>(ClientView.Html, ClientView.Text),
        .. Of<Message>(MessageView.Html, MessageView.Text),
        .. Of<IReadOnlyCollection<Message>>(MessageView.Html, MessageView.Text),
        .. Of<FederatedException>(ErrorView.Html, ErrorView.Text),
        .. Of<TorchHook>(hook => Frame.Of(Frame.Line("TorchHook", $"you are {hook.local_worker.id}")), hook => $"<TorchHook local_worker:{hook.local_worker.id}>"),
        .. Of<LossPlot>(plot => plot.ToHtml(), plot => plot.ToString()),
        new View<LossPlot>(Figure, plot => plot.ToFigureJson()),
        .. Of<GenericChart>(ChartView.Html, ChartView.Text),
        new View<GenericChart>(Figure, GenericChart.toFigureJson),
    ];

    /// <summary>Registers them, those that are there already not again. Several notebooks of one process may load at once.</summary>
    internal static void Register()
    {
        lock (gate)
        {
            foreach (var formatter in all.Except(Formatter.RegisteredFormatters(includeDefaults: false)))
                Formatter.Register(formatter);
            foreach (var type in all.GroupBy(formatter => formatter.Type))
                Formatter.SetPreferredMimeTypesFor(type.Key, [.. type.Select(formatter => formatter.MimeType)]);
        }
    }

    private static ITypeFormatter[] Of<T>(Func<T, string> html, Func<T, string> text, Type? type = null) =>
        [new View<T>(HtmlFormatter.MimeType, html, type), new View<T>(PlainTextFormatter.MimeType, text, type)];
}
