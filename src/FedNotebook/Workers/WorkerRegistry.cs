using System.Collections.Immutable;

namespace FedNotebook;

/// <summary>The workers that know one another: all of this process, by id.</summary>
internal static class WorkerRegistry
{
    private static readonly Lock Door = new();

    // Replaced, never changed: whoever lists the workers sees all of one moment, in the order of their ids.
    private static volatile ImmutableSortedDictionary<string, BaseWorker> workers = ImmutableSortedDictionary.Create<string, BaseWorker>(StringComparer.Ordinal);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyDictionary<string, BaseWorker> Known => workers;

    /// <summary>The worker called "me": whoever writes the notebook. It owns the pointers.</summary>
    public static VirtualWorker Me { get; } = GetOrAdd("me", id => new VirtualWorker(id));

    /// <summary>The worker of that name, made at its first mention.</summary>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static T GetOrAdd<T>(string id, Func<string, T> make) where T : BaseWorker
    {
        lock (Door)
        {
            if (!workers.TryGetValue(id, out var worker)) workers = workers.Add(id, worker = make(id));
            return worker as T ?? throw new WorkerTypeException(id);
        }
    }

    /// <summary>The worker of that name.</summary>
    public static BaseWorker Find(string id) => Known.GetValueOrDefault(id) ?? throw new WorkerNotFoundException(id, Known.Keys);
}
