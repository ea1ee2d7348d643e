using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace FedNotebook;

/// <summary>A worker's objects by id. Any number of threads may use it; listing it gives the objects in the order in which they came.</summary>
/// <param name="owner">The worker's id, for the texts of errors.</param>
internal sealed class ObjectStore(string owner) : IReadOnlyDictionary<long, object>
{
    private readonly ConcurrentDictionary<long, Entry> entries = new();
    private long arrivals;

    private sealed record Entry(object Item, Label? Label, long Arrival);

    public int Count => entries.Count;

    public object this[long id] => Find(id);

    public IEnumerable<long> Keys => InOrder.Select(e => e.Key);

    public IEnumerable<object> Values => InOrder.Select(e => e.Value.Item);

    private IEnumerable<KeyValuePair<long, Entry>> InOrder => entries.OrderBy(e => e.Value.Arrival);

    /// <summary>Keeps an object under an id, or under a fresh one when the id is taken: sent twice, an object is there twice.</summary>
    /// <returns>The id.</returns>
    public long Add(long id, object item, Label? label)
    {
        var entry = new Entry(item, label, Interlocked.Increment(ref arrivals));
        while (!entries.TryAdd(id, entry)) id = IdProvider.Next();
        return id;
    }

    public object Find(long id) => entries.TryGetValue(id, out var entry) ? entry.Item : throw new ObjectNotFoundError(id, owner);

    public object Remove(long id) => Remove(id, out _);

    public object Remove(long id, out Label? label)
    {
        if (!entries.TryRemove(id, out var entry)) throw new ObjectNotFoundError(id, owner);
        label = entry.Label;
        return entry.Item;
    }

    /// <summary>Removes an object for good. Models are only let go: they belong to whoever sent them.</summary>
    public void Discard(long id)
    {
        if (entries.TryRemove(id, out var entry) && entry.Item is torch.Tensor tensor) tensor.Dispose();
    }

    public void Clear()
    {
        foreach (var id in entries.Keys) Discard(id);
    }

    /// <summary>The objects that carry every term as a whole tag, or have it as their id. No term: every object that has a tag.</summary>
    public IEnumerable<KeyValuePair<long, object>> Search(IReadOnlyList<string> terms) =>
        from entry in InOrder
        let tags = entry.Value.Label?.Tags ?? []
        where terms.Count == 0 ? tags.Count > 0 : terms.All(t => tags.Contains(t) || t == entry.Key.ToString())
        select KeyValuePair.Create(entry.Key, entry.Value.Item);

    public bool ContainsKey(long key) => entries.ContainsKey(key);

    public bool TryGetValue(long key, [MaybeNullWhen(false)] out object value)
    {
        var found = entries.TryGetValue(key, out var entry);
        value = entry?.Item;
        return found;
    }

    public IEnumerator<KeyValuePair<long, object>> GetEnumerator() => InOrder.Select(e => KeyValuePair.Create(e.Key, e.Value.Item)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The notes' text: <c>{29908196729: tensor([1, 2, 3, 4, 5]), 26855181812: tensor([1, 1, 1, 1, 1])}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", this.Select(e => $"{e.Key}: {TextOf(e.Value)}")) + "}";

    private static string? TextOf(object item) => item is torch.Tensor tensor ? TensorText.Of(tensor) : item.ToString();
}
