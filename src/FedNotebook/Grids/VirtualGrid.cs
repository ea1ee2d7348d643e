namespace FedNotebook;

/// <summary>Several workers that are searched together, as in PySyft 0.1: its search tells on the console what it found.</summary>
/// <param name="workers">The workers, each once.</param>
/// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
public sealed class VirtualGrid(params IEnumerable<BaseWorker> workers)
{
    private const int TagsShown = 3;

    private readonly PrivateGridNetwork network = new(workers);

    /// <summary>The workers, in the order in which they are searched.</summary>
    public IReadOnlyList<BaseWorker> workers => network.workers;

    /// <summary>Searches as <see cref="PrivateGridNetwork.search"/> does, and writes how much was found where, and under which tags.</summary>
    /// <param name="query">
    /// Each term is a whole tag, an id, or a part of the description: <c>grid.search("#boston", "#data")</c>. Without a term
    /// every tensor that has a tag matches.
    /// </param>
    /// <returns>
    /// The pointers by the id of the worker, which own nothing; and how often each tag was found, the most frequent first.
    /// </returns>
    /// <exception cref="ArgumentException">A term is empty.</exception>
    public (IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> results, IReadOnlyDictionary<string, int> tag_counter) search(params string[] query)
    {
        var results = network.search(query);
        foreach (var worker in workers.Where(worker => results.ContainsKey(worker.id)))
        {
            var found = results[worker.id];
            var tags = MostCommon(found).Take(TagsShown).Select(tag => $"('{tag.Key}', {tag.Value})");
            Console.WriteLine($"Found {found.Count} results on {worker} - [{string.Join(", ", tags)}]");
        }

        var all = results.Values.SelectMany(found => found).ToList();
        var counter = new OrderedDictionary<string, int>(MostCommon(all));
        Console.WriteLine($"\nFound {all.Count} results in total.");
        Console.WriteLine("\nTag Profile:");
        foreach (var (tag, count) in counter) Console.WriteLine($"\t{tag} found {count}");

        return (results, counter);
    }

    /// <summary>The grid's kind and its workers: <c>&lt;VirtualGrid workers:bob, alice&gt;</c>.</summary>
    public override string ToString() => $"<VirtualGrid workers:{string.Join(", ", workers.Select(worker => worker.id))}>";

    /// <summary>How often each tag comes, the most frequent first; those that are as frequent in the order in which they come.</summary>
    private static IEnumerable<KeyValuePair<string, int>> MostCommon(IEnumerable<PointerTensor> found) =>
        found.SelectMany(pointer => pointer.tags).CountBy(tag => tag).OrderByDescending(tag => tag.Value);
}
