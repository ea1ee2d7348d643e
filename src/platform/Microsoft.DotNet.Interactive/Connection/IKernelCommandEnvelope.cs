using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>A command as it goes from process to process.</summary>
public interface IKernelCommandEnvelope
{
    KernelCommand Command { get; }

    /// <summary>The name of the command's type.</summary>
    string CommandType { get; }

    string Token { get; }
}
