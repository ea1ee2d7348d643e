using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>An event as it goes from process to process.</summary>
public interface IKernelEventEnvelope
{
    KernelEvent Event { get; }

    /// <summary>The name of the event's type.</summary>
    string EventType { get; }
}
