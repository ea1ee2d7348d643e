namespace FedNotebook.Views;

/// <summary>A data set that is divided among simulated clients: how many rows each has.</summary>
internal static class SimulatedClientsView
{
    private const int Listed = 20;

    internal static string Html(SimulatedClients clients)
    {
        var rows = Rows(clients);
        return Frame.Of($"""
            {Frame.Line("SimulatedClients", Facts(clients, rows))}{Table.Of([">client", ">rows", "beside the largest"], rows.Take(Listed).Select((count, i) => Row(i, count, rows.Max())))}{Frame.Note(Amount.Listed(Listed, rows.Count, "clients"))}
            """);
    }

    internal static string Text(SimulatedClients clients) => $"SimulatedClients: {string.Join(" · ", Facts(clients, Rows(clients)))}";

    private static List<int> Rows(SimulatedClients clients) => [.. Enumerable.Range(0, clients.Clients).Select(client => clients.RowsOf(client).Count)];

    private static IEnumerable<string> Facts(SimulatedClients clients, List<int> rows)
    {
        yield return Amount.Of(clients.Clients, "client");
        yield return Amount.Of(clients.Count, "row");
        yield return rows.Min() == rows.Max() ? $"{Amount.Of(rows.Min())} each" : $"{Amount.Of(rows.Min())} to {Amount.Of(rows.Max())} each";
    }

    private static IReadOnlyList<Markup> Row(int client, int rows, int most) => [Table.Number(client), Table.Number(rows), Bar.Of(rows, most)];
}
