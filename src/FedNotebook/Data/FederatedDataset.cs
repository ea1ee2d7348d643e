using System.Collections;

namespace FedNotebook;

/// <summary>A data set whose parts lie at several workers, one part a worker, in the order of the workers.</summary>
public sealed class FederatedDataset : IEnumerable<PointerDataset>, IDisposable
{
    private readonly OrderedDictionary<string, PointerDataset> parts = [];

    /// <summary>Makes one data set of parts that were sent to workers.</summary>
    /// <param name="datasets">The parts, each at another worker.</param>
    /// <exception cref="ArgumentException">There is no part, or two lie at one worker.</exception>
    public FederatedDataset(params IEnumerable<PointerDataset> datasets)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        foreach (var part in datasets)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(datasets));
            if (!parts.TryAdd(part.location.id, part))
            {
                throw new ArgumentException(
                    $"Two of the data sets are on {part.location}. Give each worker one: put the two together first, or move one of them.",
                    nameof(datasets));
            }
        }

        if (parts.Count == 0)
            throw new ArgumentException("A federated data set needs at least one data set at a worker.", nameof(datasets));
    }

    /// <summary>The ids of the workers who hold a part, in order.</summary>
    public IReadOnlyList<string> workers => [.. parts.Keys];

    /// <summary>The parts by their worker's id, in order.</summary>
    public IReadOnlyDictionary<string, PointerDataset> datasets => parts;

    /// <summary>The number of items at all workers.</summary>
    public long Count => parts.Values.Sum(part => part.Count);

    /// <summary>The part that a worker holds.</summary>
    /// <param name="worker_id">The worker's id.</param>
    /// <exception cref="KeyNotFoundException">The worker holds no part.</exception>
    public PointerDataset this[string worker_id] => parts.TryGetValue(worker_id, out var part)
        ? part
        : throw new KeyNotFoundException($"{worker_id} holds no part of this data set; it is distributed across {(parts.Count == 0 ? "nobody" : string.Join(", ", workers))}.");

    /// <summary>Gets the part of a worker back; it belongs to this data set no longer.</summary>
    /// <param name="worker">The worker's id.</param>
    /// <param name="user">Who asks, where the part is private.</param>
    /// <returns>The part, in this process.</returns>
    /// <exception cref="KeyNotFoundException">The worker holds no part.</exception>
    /// <exception cref="GetNotPermittedError">The part is private, and not for that user. It stays where it is.</exception>
    public BaseDataset get_dataset(string worker, string? user = null)
    {
        var part = this[worker].get(user);
        parts.Remove(worker);
        return part;
    }

    /// <summary>Deletes all parts at their workers.</summary>
    public void Dispose()
    {
        foreach (var part in parts.Values)
            part.Dispose();
    }

    /// <summary>Sends the shares of a data set. Where one cannot be sent, those before it are taken back: nobody keeps a part of what failed.</summary>
    internal static FederatedDataset Sent(IEnumerable<Share> shares, Func<Share, PointerDataset> send)
    {
        var parts = new List<PointerDataset>();
        try
        {
            foreach (var share in shares) parts.Add(send(share));
        }
        catch
        {
            foreach (var part in parts) part.Dispose();
            throw;
        }

        return new FederatedDataset(parts);
    }

    /// <inheritdoc/>
    public IEnumerator<PointerDataset> GetEnumerator() => parts.Values.GetEnumerator();

    /// <summary>PySyft's text, with its spelling.</summary>
    public override string ToString() =>
        $"FederatedDataset\n    Distributed accross: {string.Join(", ", workers)}\n    Number of datapoints: {Count}\n";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
