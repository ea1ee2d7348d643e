using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.PackageManagement;

public static class KernelExtensions
{
    /// <summary>Lets cells say `#r "nuget: NAME, VERSION"` and `#i "nuget: SOURCE"`.</summary>
    /// <param name="kernel">The kernel whose cells may.</param>
    /// <param name="onResolvePackageReferences">Gets the packages that are new, and what they depend on; the cell's code runs when it has ended.</param>
    /// <param name="forceRestore">Whether to restore again what was restored before.</param>
    public static T UseNugetDirective<T>(
        this T kernel, Func<T, IReadOnlyList<ResolvedPackageReference>, Task> onResolvePackageReferences, bool forceRestore = false)
        where T : Kernel
    {
        var packages = new PackageRestoreContext(forceRestore);
        var installation = new PackageInstallation(packages, resolved => onResolvePackageReferences(kernel, resolved));
        kernel.RegisterForDisposal(packages);
        kernel.RegisterCommandHandler<AddPackageSource>(installation.AddSource);
        kernel.RegisterCommandHandler<AddPackage>(installation.Add);
        kernel.RegisterCommandHandler<RestorePackages>(installation.RestoreAsync);
        return kernel;
    }
}
