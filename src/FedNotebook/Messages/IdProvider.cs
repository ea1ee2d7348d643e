namespace FedNotebook;

/// <summary>
/// Gives out ids that look as PySyft's do: up to eleven digits, in no visible order, none twice. Ids that are to come next can be set,
/// and those that were given can be recorded. Any number of threads may use it.
/// </summary>
public sealed class IdProvider
{
    private readonly Lock door = new();
    private readonly IdSequence sequence;
    private readonly Stack<long> waiting = [];
    private readonly HashSet<long> provided = [];
    private readonly List<long> recorded = [];
    private bool recording;

    /// <summary>Makes a provider of its own; <c>sy.ID_PROVIDER</c> is the one that all workers and pointers use.</summary>
    /// <param name="given_ids">The ids to give first, the last one of them at once.</param>
    /// <exception cref="IdNotUniqueError">An id comes twice.</exception>
    public IdProvider(params IEnumerable<long> given_ids) : this(new IdSequence(), given_ids)
    {
    }

    internal IdProvider(IdSequence sequence, IEnumerable<long> given_ids)
    {
        this.sequence = sequence;
        set_next_ids(given_ids);
    }

    /// <summary>The one that all workers and pointers use.</summary>
    internal static IdProvider Shared { get; } = new();

    /// <summary>A fresh id of the shared provider.</summary>
    internal static long Next() => Shared.pop();

    /// <summary>The next id: the last of those that were set, otherwise a fresh one.</summary>
    public long pop()
    {
        lock (door)
        {
            if (!waiting.TryPop(out var id))
            {
                do id = sequence.Next();
                while (provided.Contains(id));
            }

            if (recording) recorded.Add(id);
            return id;
        }
    }

    /// <summary>Sets the ids that come next, the last one first, before those that were set earlier.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="check_ids">Whether an id that was given or set before is refused. With false it is given again.</param>
    /// <exception cref="IdNotUniqueError">An id was given or set before, or comes twice; the error names it, and no id is set.</exception>
    public void set_next_ids(IEnumerable<long> ids, bool check_ids = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        long[] next = [.. ids];
        lock (door)
        {
            if (check_ids)
            {
                long[] used = [.. next.Where((id, i) => provided.Contains(id) || sequence.HasGiven(id) || Array.IndexOf(next, id) < i).Distinct()];
                if (used.Length > 0) throw new IdNotUniqueError(used);
            }

            provided.UnionWith(next);
            foreach (var id in next) waiting.Push(id);
        }
    }

    /// <summary>Starts to record the ids that are given, and forgets those that were recorded before.</summary>
    public void start_recording_ids()
    {
        lock (door)
        {
            recording = true;
            recorded.Clear();
        }
    }

    /// <summary>The ids that were given since the recording started, the oldest first.</summary>
    /// <param name="continue_recording">Whether the recording goes on; otherwise it ends.</param>
    public IReadOnlyList<long> get_recorded_ids(bool continue_recording = false)
    {
        lock (door)
        {
            recording = continue_recording;
            return [.. recorded];
        }
    }
}
