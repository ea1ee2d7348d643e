namespace FedNotebook.Views;

/// <summary>The objects of a worker as a table; of many, the first and the last are listed and all are counted. Values are not shown: they are the worker's.</summary>
internal static class ObjectTable
{
    private const int First = 20, Last = 3;

    private static readonly string[] columns = ["id", "kind", "shape", "dtype", "tags", "description", ">bytes"];

    internal static Markup Of(IReadOnlyDictionary<long, object> objects)
    {
        var count = objects.Count;
        if (count == 0) return Frame.Note("no objects");
        return $"{Table.Of(columns, Rows(objects, count))}{Frame.Note(count <= First + Last ? "" : $"the first {First} and the last {Last} of {Amount.Of(count)} objects")}";
    }

    internal static string Html(IReadOnlyDictionary<long, object> objects) => Frame.Of(Of(objects));

    /// <summary>The notes' text, <c>{29908196729: tensor([1, 2, 3, 4, 5]), ...}</c>, as long as it can be read.</summary>
    internal static string Text(IReadOnlyDictionary<long, object> objects) => objects.Count <= First
        ? objects.ToString()!
        : $"{{{string.Join(", ", Ends(objects, First, 0).First)}, ...}}: {Amount.Of(objects.Count)} objects";

    /// <summary>The objects of several workers, those that hold none in one line.</summary>
    internal static string Html(IReadOnlyDictionary<string, IReadOnlyDictionary<long, object>> workers)
    {
        var empty = workers.Where(worker => worker.Value.Count == 0).Select(worker => worker.Key).ToList();
        var full = workers.Where(worker => worker.Value.Count > 0).ToList();
        return Frame.Of($"""
            {full.Take(First).Select(OfWorker)}{Frame.Note(Amount.Listed(First, full.Count, "workers that hold something"))}{Frame.Note(Without(empty))}
            """);
    }

    internal static string Text(IReadOnlyDictionary<string, IReadOnlyDictionary<long, object>> workers) =>
        string.Join('\n', workers.Take(10 * First).Select(worker => $"{worker.Key}: {Text(worker.Value)}").Append(Amount.Listed(10 * First, workers.Count, "workers"))).TrimEnd('\n');

    private static Markup OfWorker(KeyValuePair<string, IReadOnlyDictionary<long, object>> worker) => $"{Frame.Line(worker.Key, Amount.Of(worker.Value.Count, "object"))}{Of(worker.Value)}";

    private static string Without(List<string> workers) => workers.Count == 0 ? "" :
        $"no objects: {string.Join(", ", workers.Take(First))}{(workers.Count > First ? $" and {Amount.Of(workers.Count - First, "more worker")}" : "")}";

    private static IEnumerable<IReadOnlyList<Markup>> Rows(IReadOnlyDictionary<long, object> objects, int count)
    {
        var isPage = count > First + Last;
        var (first, last) = Ends(objects, isPage ? First : count, isPage ? Last : 0);
        foreach (var id in first)
            if (Row(objects, id) is { } row) yield return row;
        if (isPage) yield return [.. columns.Select((_, i) => Table.Text(i == 0 ? "⋮" : ""))];
        foreach (var id in last)
            if (Row(objects, id) is { } row) yield return row;
    }

    private static (IReadOnlyList<long> First, IReadOnlyList<long> Last) Ends(IReadOnlyDictionary<long, object> objects, int first, int last) =>
        objects is ObjectStore store ? store.Ends(first, last) : ([.. objects.Keys.Take(first)], [.. objects.Keys.Skip(objects.Count - last)]);

    // Looking into the store itself leaves no mark there; the public dictionary gives the very tensor away.
    private static ObjectFacts? Facts(IReadOnlyDictionary<long, object> objects, long id) => objects is ObjectStore store
        ? store.Each([id], entry => ObjectFacts.Of(entry.Shown)).FirstOrDefault().Value
        : objects.TryGetValue(id, out var item) ? ObjectFacts.Of(item) : null;

    // Another thread may have taken it meanwhile.
    private static IReadOnlyList<Markup>? Row(IReadOnlyDictionary<long, object> objects, long id)
    {
        if (Facts(objects, id) is not { } facts) return null;
        return [$"{id}", $"{facts.Kind}", $"{Amount.Shape(facts.Shape)}", $"{facts.Dtype}", Frame.Tags(facts.Tags ?? []), $"{facts.Description}", Table.Number(facts.Bytes)];
    }
}
