using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Tells another process commands and events.</summary>
public interface IKernelCommandAndEventSender
{
    /// <summary>The address of the other process.</summary>
    Uri RemoteHostUri { get; }

    Task SendAsync(KernelCommand kernelCommand, CancellationToken cancellationToken);

    Task SendAsync(KernelEvent kernelEvent, CancellationToken cancellationToken);
}
