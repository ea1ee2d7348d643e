using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <inheritdoc/>
public class KernelEventEnvelope<T>(T @event) : KernelEventEnvelope(@event)
    where T : KernelEvent
{
    public T Event { get; } = @event;

    public override string EventType => typeof(T).Name;
}
