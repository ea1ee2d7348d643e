using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace FedNotebook;

/// <summary>
/// A worker's objects by id. Any number of threads may use it. Read as a dictionary it shows the objects in the order in which
/// they came, and of private ones no values.
/// </summary>
/// <param name="owner">The worker's id, for the texts of errors.</param>
/// <param name="room">How many objects it has room for from the start.</param>
internal sealed class ObjectStore(string owner, int room = 0) : IReadOnlyDictionary<long, object>
{
    private readonly ConcurrentDictionary<long, StoredObject> entries = new(Environment.ProcessorCount, Math.Max(room, 31));
    private long arrivals;

    public int Count => entries.Count;

    /// <summary>
    /// Held while an object goes, and while it becomes private: what is given away was public, or is asked for by an allowed user, and
    /// no object that is looked at under it ends meanwhile.
    /// </summary>
    public Lock Door { get; } = new();

    public object this[long id] => Read(id, Shown);

    public IEnumerable<long> Keys => InOrder.Select(e => e.Key);

    public IEnumerable<object> Values => this.Select(e => e.Value);

    private IEnumerable<KeyValuePair<long, StoredObject>> InOrder => entries.ToArray().OrderBy(e => e.Value.Arrival);

    /// <summary>Keeps an object under an id, or under a fresh one when the id is taken: sent twice, an object is there twice.</summary>
    /// <returns>The id.</returns>
    public long Add(long id, object item, Label? label) => Add(id, item, label, out _);

    /// <summary>Keeps an object, and gives what stands for it in the store.</summary>
    public long Add(long id, object item, Label? label, out StoredObject entry)
    {
        entry = new StoredObject(item, label, Interlocked.Increment(ref arrivals));
        while (!entries.TryAdd(id, entry)) id = IdProvider.Next();
        return id;
    }

    /// <summary>Puts another object in the place of one that is there.</summary>
    public void Replace(long id, object item, Label? label) => entries[id] = new StoredObject(item, label, Find(id).Arrival);

    public StoredObject Find(long id) => entries.TryGetValue(id, out var entry) ? entry : throw new ObjectNotFoundError(id, owner);

    /// <summary>Reads something of an object. One that another thread takes away meanwhile is not there.</summary>
    public T Read<T>(long id, Func<StoredObject, T> read)
    {
        var entry = Use(id);
        try
        {
            return read(entry);
        }
        finally
        {
            entry.Leave();
        }
    }

    /// <summary>Finds an object and begins to use it; <see cref="StoredObject.Leave"/> ends that.</summary>
    public StoredObject Use(long id)
    {
        var entry = Find(id);
        return entry.Enter() ? entry : throw new ObjectNotFoundError(id, owner);
    }

    /// <summary>Removes an object to give it away.</summary>
    /// <exception cref="GetNotPermittedError">That user may not have it. It stays.</exception>
    public StoredObject Remove(long id, string? user)
    {
        lock (Door)
        {
            var entry = Find(id);
            if (entry.Label is { } label && !label.Allows(user)) throw new GetNotPermittedError(id, owner, user);
            return entries.TryRemove(KeyValuePair.Create(id, entry)) ? entry : throw new ObjectNotFoundError(id, owner);
        }
    }

    /// <summary>Removes an object for good and returns it; null when it is gone already.</summary>
    public StoredObject? Discard(long id)
    {
        lock (Door) return entries.TryRemove(id, out var entry) ? entry : null;
    }

    /// <summary>All objects, in no order.</summary>
    public IEnumerable<KeyValuePair<long, StoredObject>> Entries => entries;

    /// <summary>The tensors that match every term, in the order in which they came. No term: every tensor that has a tag.</summary>
    public IReadOnlyList<KeyValuePair<long, StoredObject>> Search(IReadOnlyList<string> terms)
    {
        SearchTerm[] wanted = [.. terms.Select(text => new SearchTerm(text))];
        var found = new List<KeyValuePair<long, StoredObject>>();
        foreach (var entry in entries)
            if (Matches(wanted, entry.Key, entry.Value.Label) && entry.Value.Item is torch.Tensor) found.Add(entry);

        found.Sort((one, other) => one.Value.Arrival.CompareTo(other.Value.Arrival)); // few of many, so they are put in order last
        return found;
    }

    public bool ContainsKey(long key) => entries.ContainsKey(key);

    public bool TryGetValue(long key, [MaybeNullWhen(false)] out object value)
    {
        foreach (var shown in Each([key], Shown))
        {
            value = shown.Value;
            return true;
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<long, object>> GetEnumerator() => Each(Keys, Shown).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The notes' text: <c>{29908196729: tensor([1, 2, 3, 4, 5]), 26855181812: tensor([1, 1, 1, 1, 1])}</c>.</summary>
    public override string ToString() => "{" + string.Join(", ", Keys.SelectMany(id => Each([id], entry => $"{id}: {TextOf(id, entry)}")).Select(e => e.Value)) + "}";

    /// <summary>The ids of the objects that came first and last, each in order, found in one pass over all: sorting them would take as long as a reader notices.</summary>
    public (IReadOnlyList<long> First, IReadOnlyList<long> Last) Ends(int first, int last)
    {
        var earliest = new PriorityQueue<long, long>(); // the latest of them leaves first
        var latest = new PriorityQueue<long, long>();
        foreach (var (id, entry) in entries)
        {
            Offer(earliest, first, id, -entry.Arrival);
            Offer(latest, last, id, entry.Arrival);
        }

        var (head, tail) = (Emptied(earliest), Emptied(latest));
        head.Reverse();
        return (head, tail);
    }

    /// <summary>Reads something of each object that is still there when its turn comes.</summary>
    public IEnumerable<KeyValuePair<long, T>> Each<T>(IEnumerable<long> ids, Func<StoredObject, T> read)
    {
        foreach (var id in ids)
        {
            T result;
            try
            {
                result = Read(id, read);
            }
            catch (ObjectNotFoundError)
            {
                continue;
            }

            yield return KeyValuePair.Create(id, result);
        }
    }

    private static void Offer(PriorityQueue<long, long> kept, int most, long id, long rank)
    {
        if (kept.Count < most) kept.Enqueue(id, rank);
        else if (kept.TryPeek(out _, out var least) && rank > least) kept.EnqueueDequeue(id, rank);
    }

    private static List<long> Emptied(PriorityQueue<long, long> kept)
    {
        var ids = new List<long>(kept.Count);
        while (kept.TryDequeue(out var id, out _)) ids.Add(id);
        return ids;
    }

    /// <summary>What a reader of the store sees. A public tensor is the very one, hence known outside from then on.</summary>
    private static object Shown(StoredObject entry)
    {
        var shown = entry.Shown;
        if (shown is torch.Tensor) entry.IsSeenOutside = true;
        return shown;
    }

    private static bool Matches(SearchTerm[] wanted, long id, Label? label)
    {
        foreach (var term in wanted)
            if (!term.Matches(id, label)) return false;

        return wanted.Length > 0 || label?.Tags.Count > 0;
    }

    private string? TextOf(long id, StoredObject entry) => entry.Shown switch
    {
        torch.Tensor tensor => TensorText.Of(tensor),
        StoredPointer pointer => $"(Wrapper)>[PointerTensor | {owner}:{id} -> {pointer.Location}:{pointer.Id}]",
        var other => other.ToString(),
    };
}
