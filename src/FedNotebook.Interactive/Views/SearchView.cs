namespace FedNotebook.Views;

/// <summary>What a search found: pointers, grouped by the worker that has the objects.</summary>
internal static class SearchView
{
    private const int ListedWorkers = 30, Listed = 20;

    private static readonly string[] columns = ["worker", "id", "shape", "dtype", "tags", "description"];

    internal static string Html(IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> found) => Frame.Of(Groups(found));

    /// <summary>What a VirtualGrid found, and how often each tag.</summary>
    internal static string Html(IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> found, IReadOnlyDictionary<string, int> tags) => Frame.Of($"""
        {Groups(found)}{(tags.Count == 0 ? Markup.None : Table.Of(["tag", ">found"], tags.Take(Listed).Select(tag => (IReadOnlyList<Markup>)[Frame.Tags([tag.Key]), Table.Number(tag.Value)])))}{Frame.Note(Amount.Listed(Listed, tags.Count, "tags"))}
        """);

    internal static string Text(IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> found)
    {
        if (found.Values.All(pointers => pointers.Count == 0)) return Nothing;
        var lines = found.Take(ListedWorkers).SelectMany(group => (string[])
        [
            $"{group.Key}: {Amount.Of(group.Value.Count, "result")}",
            .. group.Value.Take(Listed).Select(pointer => PointerView.Text(pointer)),
            .. Cut(Amount.Listed(Listed, group.Value.Count, "results")),
        ]);
        return string.Join('\n', lines.Concat(Cut(Amount.Listed(ListedWorkers, found.Count, "workers"))));
    }

    /// <summary>Pointers of whatever worker, grouped as a grid's search groups them.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> ByWorker(IEnumerable<PointerTensor> pointers)
    {
        var groups = new OrderedDictionary<string, IReadOnlyList<PointerTensor>>();
        foreach (var group in pointers.GroupBy(pointer => pointer.location.id)) groups.Add(group.Key, [.. group]);
        return groups;
    }

    private const string Nothing = "nothing found";

    private static string[] Cut(string text) => text.Length == 0 ? [] : [text];

    private static Markup Groups(IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> found)
    {
        var all = found.Values.Sum(pointers => (long)pointers.Count);
        return all == 0 ? Frame.Note(Nothing) : Markup.Of($"""
            {Frame.Line(Amount.Of(all, "result"), found.Count == 1 ? "at one worker" : $"at {Amount.Of(found.Count, "worker")}")}{Table.Of(columns, found.Take(ListedWorkers).SelectMany(Rows))}{Frame.Note(Amount.Listed(ListedWorkers, found.Count, "workers"))}
            """);
    }

    // The worker's name stands before its first result; after its last one, what is not listed.
    private static IEnumerable<IReadOnlyList<Markup>> Rows(KeyValuePair<string, IReadOnlyList<PointerTensor>> group)
    {
        foreach (var (i, pointer) in group.Value.Take(Listed).Index()) yield return Row(pointer, i == 0 ? group.Key : "");
        if (group.Value.Count > Listed) yield return [Markup.None, Frame.Note(Amount.Listed(Listed, group.Value.Count, "results"))];
    }

    private static IReadOnlyList<Markup> Row(PointerTensor pointer, string worker)
    {
        var path = new PointerPath(pointer);
        return
        [
            $"<b>{worker}</b>", $"{pointer.id_at_location}", $"{Amount.Shape(path.Target?.Shape ?? pointer.KnownShape)}", $"{path.Target?.Dtype}", Frame.Tags(pointer.tags),
            $"{pointer.description}{Frame.Note(path.Lost)}",
        ];
    }
}
