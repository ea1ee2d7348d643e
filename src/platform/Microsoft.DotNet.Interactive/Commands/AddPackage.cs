namespace Microsoft.DotNet.Interactive.Commands;

public class AddPackage(string packageName, string? packageVersion = null, string? targetKernelName = null)
    : KernelCommand(targetKernelName)
{
    public string PackageName { get; } = packageName;

    public string? PackageVersion { get; } = packageVersion;
}
