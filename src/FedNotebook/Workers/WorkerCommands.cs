using System.Collections.Frozen;

namespace FedNotebook;

/// <summary>What a worker agrees to do with itself, when an operation's name begins with <c>self.</c>.</summary>
internal static class WorkerCommands
{
    public const string Prefix = "self.";

    private static readonly FrozenDictionary<string, Func<BaseWorker, object?>> Commands = new Dictionary<string, Func<BaseWorker, object?>>
    {
        ["self.objects_count"] = worker => worker.objects_count,
        ["self.list_objects"] = worker => worker._objects.ToString(),
        ["self.clear_objects"] = worker => worker.clear_objects().objects_count,
    }.ToFrozenDictionary();

    /// <summary>Runs a command and gives what it gives.</summary>
    /// <exception cref="UnsupportedOperationException">There is no such command.</exception>
    public static object? Run(BaseWorker worker, string name) =>
        Commands.TryGetValue(name, out var command) ? command(worker) : throw new UnsupportedOperationException(name);
}
