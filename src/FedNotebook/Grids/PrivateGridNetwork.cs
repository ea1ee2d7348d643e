namespace FedNotebook;

/// <summary>Several workers that are searched together.</summary>
public sealed class PrivateGridNetwork
{
    /// <summary>Makes a grid.</summary>
    /// <param name="workers">The workers, each once.</param>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    public PrivateGridNetwork(params IEnumerable<BaseWorker> workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        BaseWorker[] all = [.. workers];
        if (all.Length == 0) throw new ArgumentException("A grid needs at least one worker to search: PrivateGridNetwork(bob, alice).", nameof(workers));
        if (all.Contains(null)) throw new ArgumentException("One of the grid's workers is null.", nameof(workers));
        if (all.CountBy(worker => worker.id).FirstOrDefault(times => times.Value > 1).Key is { } twice)
            throw new ArgumentException($"The worker {twice} is named more than once; name each worker of a grid once.", nameof(workers));

        this.workers = all;
    }

    /// <summary>The workers, in the order in which they are searched.</summary>
    public IReadOnlyList<BaseWorker> workers { get; }

    /// <summary>The tensors that match every term, by the id of the worker that has them. Workers that have none are left out.</summary>
    /// <param name="query">
    /// Each term is a whole tag, an id, or a part of the description: <c>grid.search("#boston", "#data")</c>. Without a term
    /// every tensor that has a tag matches.
    /// </param>
    /// <returns>Pointers with tags, description and shape. They own nothing: when they go, the tensors stay.</returns>
    /// <exception cref="ArgumentException">A term is empty.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>> search(params string[] query)
    {
        var results = new OrderedDictionary<string, IReadOnlyList<PointerTensor>>();
        foreach (var worker in workers)
            if (worker.search(query) is { Count: > 0 } found) results.Add(worker.id, found);

        return results;
    }

    /// <summary>The grid's kind and its workers: <c>&lt;PrivateGridNetwork workers:bob, alice&gt;</c>.</summary>
    public override string ToString() => $"<PrivateGridNetwork workers:{string.Join(", ", workers.Select(worker => worker.id))}>";
}
