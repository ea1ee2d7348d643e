using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>Runs commands one at a time, in the order in which they came; those that belong to a running one run within it.</summary>
public class KernelCommandScheduler : KernelScheduler<KernelCommand, KernelCommandResult>
{
    protected override bool IsChildOperation(KernelCommand current, KernelCommand incoming) => !ReferenceEquals(current, incoming) && incoming.IsSelfOrDescendantOf(current);
}
