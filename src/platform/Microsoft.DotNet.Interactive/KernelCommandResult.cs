using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

public class KernelCommandResult
{
    private readonly List<KernelEvent> events = [];

    internal KernelCommandResult(KernelCommand command) => Command = command;

    public KernelCommand Command { get; }

    /// <summary>What has happened so far, in order; complete when the task that gave the result is.</summary>
    public IReadOnlyList<KernelEvent> Events
    {
        get
        {
            lock (events) return [.. events];
        }
    }

    internal CommandFailed? Failure
    {
        get
        {
            lock (events) return events.OfType<CommandFailed>().FirstOrDefault(e => ReferenceEquals(e.Command, Command));
        }
    }

    internal void Add(KernelEvent @event)
    {
        lock (events) events.Add(@event);
    }
}
