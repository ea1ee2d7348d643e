namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Follows the packages that a cell asks for: gets them all at once.</summary>
internal sealed class RestorePackages(string? targetKernelName) : KernelCommand(targetKernelName);
