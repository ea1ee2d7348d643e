using Microsoft.DotNet.Interactive.Assemblies;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>What `#i` and `#r` do: collects what a cell asks for, gets it all at once, and shows how it goes.</summary>
internal sealed class PackageInstallation(PackageRestoreContext packages, Func<IReadOnlyList<ResolvedPackageReference>, Task> onResolved)
{
    private readonly List<AddPackage> asked = [];

    public Task AddSource(AddPackageSource command, KernelInvocationContext context)
    {
        var source = command.PackageSource;
        if (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.IsFile)
        {
            source = Path.GetFullPath(uri?.LocalPath ?? source);
            if (!Directory.Exists(source))
            {
                context.Fail(command, message: $"The package source '{command.PackageSource}' is neither an address nor a folder that exists.");
                return Task.CompletedTask;
            }
        }

        packages.TryAddRestoreSource(source);
        return Task.CompletedTask;
    }

    public Task Add(AddPackage command, KernelInvocationContext context)
    {
        if (packages.GetResolvedPackageReference(command.PackageName) is not { } loaded) asked.Add(command);
        else if (command.PackageVersion is { } version && !loaded.PackageVersion.Equals(version, StringComparison.OrdinalIgnoreCase) && !version.Contains('*'))
            context.Fail(command, message: $"Package {loaded.PackageName} is already loaded in version {loaded.PackageVersion}. Restart the kernel to use version {version}.");
        return Task.CompletedTask;
    }

    public async Task RestoreAsync(RestorePackages command, KernelInvocationContext context)
    {
        AddPackage[] wanted = [.. asked];
        asked.Clear();
        if (wanted.Length == 0) return;

        foreach (var package in wanted) packages.GetOrAddPackageReference(package.PackageName, package.PackageVersion);
        var shown = wanted.Select(p => (Package: p, Value: context.Display($"Installing package {p.PackageName}...", PlainTextFormatter.MimeType))).ToList();
        var known = packages.ResolvedPackageReferences.ToHashSet();
        var result = await packages.RestoreAsync(context.CancellationToken);
        if (!result.Succeeded)
        {
            foreach (var (package, value) in shown) value.Update($"Package {package.PackageName} was not installed.");
            context.Fail(command, message: string.Join('\n', result.Errors));
            return;
        }

        ResolvedPackageReference[] added = [.. result.ResolvedReferences.Where(r => !known.Contains(r))];
        foreach (var folder in added.SelectMany(r => r.ProbingPaths)) ProcessAssemblies.AddNativeFolder(folder);
        await onResolved(added);
        foreach (var (package, value) in shown)
            value.Update($"Installed package {packages.GetResolvedPackageReference(package.PackageName)}");
        foreach (var reference in added) context.Publish(new PackageAdded(reference, command));
    }
}
