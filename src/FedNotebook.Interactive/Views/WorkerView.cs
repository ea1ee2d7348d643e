namespace FedNotebook.Views;

/// <summary>A worker with what it holds, and several workers as a table.</summary>
internal static class WorkerView
{
    private const int Listed = 50;

    internal static string Html(BaseWorker worker) =>
        Frame.Of($"{Frame.Line(worker.id, worker.GetType().Name, Amount.Of(worker.objects_count, "object"), worker.log_msgs ? "keeps its messages" : "")}{ObjectTable.Of(worker._objects)}");

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

    private static IReadOnlyList<Markup> Row(BaseWorker worker) => [$"{worker.id}", $"{worker.GetType().Name}", Table.Number(worker.objects_count)];
}
