namespace FedNotebook.Views;

/// <summary>A worker with what it holds, and several workers as a table.</summary>
internal static class WorkerView
{
    private const int Listed = 200;

    internal static string Html(BaseWorker worker) =>
        Frame.Of($"{Frame.Line(worker.id, Facts(worker))}{(worker.objects_count == 0 ? Markup.None : ObjectTable.Of(worker._objects))}");

    internal static string Html(IEnumerable<BaseWorker> workers)
    {
        BaseWorker[] all = [.. workers];
        return all.Length == 0 ? Frame.Of(Frame.Note("no workers")) : Frame.Of($"""
            {Table.Of(["worker", "kind", ">objects"], all.Take(Listed).Select(Row))}{Frame.Note(Amount.Listed(Listed, all.Length, "workers"))}
            """);
    }

    internal static string Text(IEnumerable<BaseWorker> workers)
    {
        BaseWorker[] all = [.. workers];
        var lines = all.Take(Listed).Select(worker => worker.ToString()).ToList();
        if (all.Length != lines.Count) lines.Add(Amount.Listed(Listed, all.Length, "workers"));
        return lines.Count == 0 ? "no workers" : string.Join('\n', lines);
    }

    private static IEnumerable<string> Facts(BaseWorker worker)
    {
        yield return worker.GetType().Name;
        if (worker.log_msgs) yield return "keeps its messages";
        yield return worker.objects_count is > 0 and var count ? Amount.Of(count, "object") : "no objects";
    }

    private static IReadOnlyList<Markup> Row(BaseWorker worker) => [$"{worker.id}", $"{worker.GetType().Name}", Table.Number(worker.objects_count)];
}
