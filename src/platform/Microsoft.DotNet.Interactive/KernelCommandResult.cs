using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

public class KernelCommandResult
{
    // A cell that prints without end must not fill the memory: observers hear all of it, this keeps the beginning.
    private const int MostText = 100_000;

    private readonly List<KernelEvent> events = [];
    private int texts;

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
        lock (events)
        {
            if (@event is StandardOutputValueProduced or StandardErrorValueProduced && ++texts > MostText) return;
            events.Add(@event);
        }
    }
}
