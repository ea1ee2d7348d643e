namespace Microsoft.DotNet.Interactive.Commands;

public class AddPackageSource(string packageSource, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string PackageSource { get; } = packageSource;
}
