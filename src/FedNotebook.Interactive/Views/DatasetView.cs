namespace FedNotebook.Views;

/// <summary>Data sets and loaders: what lies where, a bar for each worker's share.</summary>
internal static class DatasetView
{
    private const int Listed = 30;

    internal static string Html(FederatedDataset dataset) => Frame.Of($"""
        {Frame.Line("FederatedDataset", Amount.Of(dataset.Count, "row"), $"at {Amount.Of(dataset.workers.Count, "worker")}")}{Table.Of(["worker", ">rows", "share", "data", "targets"], Parts(dataset).Select(part => Row(part, dataset.Count)))}{Cut(dataset)}
        """);

    internal static string Html(FederatedDataLoader loader)
    {
        var dataset = loader.federated_dataset;
        return Frame.Of($"""
            {Frame.Line("FederatedDataLoader", Facts(loader))}{Table.Of(["worker", ">rows", ">batches", "share"], Parts(dataset).Select(part => Row(part, dataset.Count, loader)))}{Cut(dataset)}
            """);
    }

    internal static string Html(PointerDataset part) => Frame.Of($"""
        {Frame.Line("PointerDataset", Amount.Of(part.Count, "row"), $"at {part.location.id}")}{Table.OfFacts(("data", ShapeOf(part.data)), ("targets", ShapeOf(part.targets)))}
        """);

    internal static string Html(BaseDataset dataset) => Frame.Of($"""
        {Frame.Line(dataset.GetType().Name, Amount.Of(dataset.Count, "row"), "here")}{Table.OfFacts(("data", Described(ObjectFacts.Of(dataset.data))), ("targets", Described(ObjectFacts.Of(dataset.targets))))}
        """);

    internal static string Text(FederatedDataset dataset) => dataset.ToString() + string.Concat(Parts(dataset).Select(part => $"    {part.location.id}: {Amount.Of(part.Count, "row")}\n"));

    internal static string Text(FederatedDataLoader loader) =>
        loader.ToString() + string.Concat(Parts(loader.federated_dataset).Select(part => $"    {part.location.id}: {Amount.Of(part.Count, "row")}, {Amount.Of(loader.Steps(part), "batch", "batches")}\n"));

    private static IEnumerable<PointerDataset> Parts(FederatedDataset dataset) => dataset.Take(Listed);

    private static Markup Cut(FederatedDataset dataset) => Frame.Note(Amount.Listed(Listed, dataset.workers.Count, "workers"));

    private static IEnumerable<string?> Facts(FederatedDataLoader loader)
    {
        yield return $"{Amount.Of(loader.Count, "batch", "batches")} of {Amount.Of(loader.batch_size, "row")}";
        yield return loader.shuffle ? "shuffled" : "in order";
        yield return loader.drop_last ? "smaller last batches left out" : null;
        yield return loader.num_iterators > 1 ? $"{loader.num_iterators} workers take turns" : null;
    }

    private static IReadOnlyList<Markup> Row(PointerDataset part, long all) =>
        [$"{part.location.id}", Table.Number(part.Count), Bar.Of(part.Count, all), $"{ShapeOf(part.data)}", $"{ShapeOf(part.targets)}"];

    private static IReadOnlyList<Markup> Row(PointerDataset part, long all, FederatedDataLoader loader) =>
        [$"{part.location.id}", Table.Number(part.Count), Table.Number(loader.Steps(part)), Bar.Of(part.Count, all)];

    private static string ShapeOf(PointerTensor pointer)
    {
        var path = new PointerPath(pointer);
        return path.Lost is null ? $"{Amount.Shape(path.Target?.Shape ?? pointer.KnownShape)} {path.Target?.Dtype}".Trim() : "no longer there";
    }

    private static string Described(ObjectFacts facts) => string.Join(" · ", ((string[])[Amount.Shape(facts.Shape), facts.Dtype, facts.Bytes is { } bytes ? Amount.Bytes(bytes) : facts.Kind]).Where(fact => fact.Length > 0));
}
