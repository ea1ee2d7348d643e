namespace FedNotebook.Views;

/// <summary>A data owner's side of training: its data sets and what was sent to it.</summary>
internal static class ClientView
{
    internal static string Html(FederatedClient client) => Frame.Of($"""
        {Frame.Line("FederatedClient", Amount.Of(client.datasets.Count, "data set"))}{Table.Of(["data set", ">rows"], client.datasets.Select(Row))}{ObjectTable.Of(client._objects)}
        """);

    internal static string Text(FederatedClient client) =>
        string.Join('\n', [$"FederatedClient with {Amount.Of(client.datasets.Count, "data set")}", .. client.datasets.Select(dataset => $"  {dataset.Key}: {Amount.Of(dataset.Value.Count, "row")}")]);

    private static IReadOnlyList<Markup> Row(KeyValuePair<string, TorchSharp.torch.utils.data.IterableDataset> dataset) => [$"{dataset.Key}", Table.Number(dataset.Value.Count)];
}
