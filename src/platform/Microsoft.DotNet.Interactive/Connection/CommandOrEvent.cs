using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>What came from another process.</summary>
public class CommandOrEvent
{
    public CommandOrEvent(KernelCommand kernelCommand) => Command = kernelCommand ?? throw new ArgumentNullException(nameof(kernelCommand));

    /// <param name="kernelEvent">The event.</param>
    /// <param name="isParseError">Whether the event says that what came could not be read.</param>
    public CommandOrEvent(KernelEvent kernelEvent, bool isParseError = false)
    {
        Event = kernelEvent ?? throw new ArgumentNullException(nameof(kernelEvent));
        IsParseError = isParseError;
    }

    public KernelCommand? Command { get; }

    public KernelEvent? Event { get; }

    public bool IsParseError { get; }
}
