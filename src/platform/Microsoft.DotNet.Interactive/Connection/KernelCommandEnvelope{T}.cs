using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Connection;

/// <inheritdoc/>
public class KernelCommandEnvelope<T>(T command) : KernelCommandEnvelope(command)
    where T : KernelCommand
{
    public T Command { get; } = command;

    public override string CommandType => typeof(T).Name;
}
