namespace FedNotebook;

/// <summary>Looks for data at one worker.</summary>
public static class SearchExtensions
{
    /// <summary>The tensors of a worker that match every term, in the order in which they came to it.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="query">
    /// Each term is a whole tag, an id, or a part of the description: <c>bob.search("#boston", "#data")</c>. Without a term
    /// every tensor that has a tag matches.
    /// </param>
    /// <returns>Pointers with tags, description and shape. They own nothing: when they go, the tensors stay.</returns>
    /// <exception cref="ArgumentException">A term is empty.</exception>
    public static IReadOnlyList<PointerTensor> search(this BaseWorker worker, params string[] query)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(query);
        if (query.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A search term is a tag such as \"#boston\", an id, or words of the description; one of these is empty.", nameof(query));

        // The message is the worker's to keep; the array is the caller's to change.
        var found = (IReadOnlyList<ObjectDescriptor>)worker.recv_msg(new SearchMessage([.. query]))!;
        return [.. found.Select(at => new PointerTensor(WorkerRegistry.Me, worker, at, gc: false))];
    }
}
