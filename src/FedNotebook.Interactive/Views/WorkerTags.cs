namespace FedNotebook.Views;

/// <summary>The tags of a worker's objects, the most frequent first. Of very many objects only the first are looked at.</summary>
/// <param name="Counts">Each tag and how many objects have it.</param>
/// <param name="IsPartial">Whether there are objects that were not looked at.</param>
internal sealed record WorkerTags(IReadOnlyList<(string Tag, int Count)> Counts, bool IsPartial)
{
    internal const int Looked = 1000;

    internal static WorkerTags Of(BaseWorker worker)
    {
        var objects = worker._objects;
        var first = objects is ObjectStore store ? store.Ends(Looked, 0).First : objects.Keys.Take(Looked);
        var tags = first.SelectMany(id => TagsOf(worker, objects, id));
        return new([.. tags.CountBy(tag => tag).OrderByDescending(tag => tag.Value).Select(tag => (tag.Key, tag.Value))], objects.Count > Looked);
    }

    private static IReadOnlyList<string> TagsOf(BaseWorker worker, IReadOnlyDictionary<long, object> objects, long id)
    {
        if (worker.TryPeek(id, entry => entry.Label?.Tags ?? [], out var tags)) return tags ?? [];
        return objects.TryGetValue(id, out var item) ? ObjectFacts.Of(item).Tags ?? [] : [];
    }
}
