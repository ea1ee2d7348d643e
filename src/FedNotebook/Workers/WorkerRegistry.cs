using System.Collections.Concurrent;

namespace FedNotebook;

/// <summary>The workers that know one another: all of this process, by id.</summary>
internal static class WorkerRegistry
{
    private static readonly ConcurrentDictionary<string, BaseWorker> Workers = new();

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyDictionary<string, BaseWorker> Known => Workers;

    /// <summary>The worker called "me": whoever writes the notebook. It owns the pointers.</summary>
    public static VirtualWorker Me { get; } = GetOrAdd("me", id => new VirtualWorker(id));

    /// <summary>The worker of that name, made at its first mention.</summary>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static T GetOrAdd<T>(string id, Func<string, T> make) where T : BaseWorker =>
        Workers.GetOrAdd(id, make) as T ?? throw new WorkerTypeException(id);

    /// <summary>The worker of that name.</summary>
    public static BaseWorker Find(string id) => Workers.GetValueOrDefault(id) ?? throw new WorkerNotFoundException(id, Workers.Keys);
}
