using System.Globalization;

namespace FedNotebook.Views;

/// <summary>A grid as a small map of its workers, larger where there is more, and a table of the tags that a search would find there.</summary>
internal static class GridView
{
    private const int Drawn = 12, Listed = 30, TagsListed = 8;

    private const int Left = 24, Middle = 96, RowHeight = 40;

    internal static string Html(string name, IReadOnlyList<BaseWorker> workers)
    {
        var counts = workers.Take(Listed).Select(worker => (Worker: worker, Objects: worker.objects_count)).ToList();
        return Frame.Of($"""
            {Frame.Line(name, Amount.Of(workers.Count, "worker"))}{(workers.Count <= Drawn ? Map(counts) : Markup.None)}{Table.Of(["worker", ">objects", "tags"], counts.Select(Row))}{Frame.Note(Amount.Listed(Listed, workers.Count, "workers"))}
            """);
    }

    internal static string Text(string name, IReadOnlyList<BaseWorker> workers)
    {
        var lines = workers.Take(Listed).Select(worker => $"  {worker.id}: {Amount.Of(worker.objects_count, "object")}{TagText(WorkerTags.Of(worker))}");
        return string.Join('\n', [$"{name} of {Amount.Of(workers.Count, "worker")}", .. lines, .. workers.Count > Listed ? [Amount.Listed(Listed, workers.Count, "workers")] : (string[])[]]);
    }

    private static string TagText(WorkerTags tags) => tags.Counts.Count == 0 ? "" : " · " + string.Join(" ", tags.Counts.Take(TagsListed).Select(TagWithCount));

    private static string TagWithCount((string Tag, int Count) tag) => tag.Count == 1 ? tag.Tag : $"{tag.Tag} ×{Amount.Of(tag.Count)}";

    private static IReadOnlyList<Markup> Row((BaseWorker Worker, int Objects) at)
    {
        var tags = WorkerTags.Of(at.Worker);
        return [$"{at.Worker.id}", Table.Number(at.Objects), $"{Frame.Tags(tags.Counts.Take(TagsListed).Select(TagWithCount))} {Frame.Note(More(tags))}"];
    }

    private static string More(WorkerTags tags) => string.Join(", ", (string[])
    [
        .. tags.Counts.Count > TagsListed ? [$"and {Amount.Of(tags.Counts.Count - TagsListed, "more tag")}"] : (string[])[],
        .. tags.IsPartial ? [$"among the first {Amount.Of(WorkerTags.Looked)} objects"] : (string[])[],
    ]);

    // As wide as a telephone, so that its letters keep their size there.
    private static Markup Map(IReadOnlyList<(BaseWorker Worker, int Objects)> workers)
    {
        var height = RowHeight * Math.Max(2, workers.Count);
        var most = Math.Max(1, workers.Max(worker => worker.Objects));
        Markup drawing = $"""
            {workers.Select((worker, i) => Branch(worker, i, height / 2, most))}<circle cx="{Left}" cy="{height / 2}" r="9" fill="#3b82c4"/><text x="{Left}" y="{height / 2 + 26}" text-anchor="middle">me</text>
            """;
        return $"<div>{StillImage.Of(drawing.ToString(), 340, height, Described(workers))}</div>";
    }

    private static string Described(IEnumerable<(BaseWorker Worker, int Objects)> workers) => "a grid of " + string.Join(", ", workers.Select(at => $"{at.Worker.id} ({Amount.Of(at.Objects, "object")})"));

    private static Markup Branch((BaseWorker Worker, int Objects) at, int row, int middle, int most)
    {
        var y = RowHeight * row + RowHeight / 2;
        var radius = (4 + 11 * Math.Sqrt((double)at.Objects / most)).ToString("0.#", CultureInfo.InvariantCulture);
        return $"""
            <path d="M{Left} {middle}C{Middle - 30} {middle} {Left + 30} {y} {Middle} {y}" fill="none" stroke="#808080" stroke-opacity=".6"/><circle cx="{Middle}" cy="{y}" r="{radius}" fill="#2a9d6f"/><text x="{Middle + 24}" y="{y + 4}"><tspan font-weight="bold">{Short(at.Worker.id)}</tspan> {Amount.Of(at.Objects, "object")}</text>
            """;
    }

    private static string Short(string name) => name.Length <= 18 ? name : name[..17] + "…";
}
