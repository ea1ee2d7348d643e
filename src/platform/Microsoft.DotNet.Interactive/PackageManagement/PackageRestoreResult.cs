namespace Microsoft.DotNet.Interactive.PackageManagement;

public class PackageRestoreResult
{
    internal PackageRestoreResult(
        bool succeeded,
        IEnumerable<PackageReference> requestedPackages,
        IReadOnlyList<ResolvedPackageReference>? resolvedReferences = null,
        IReadOnlyCollection<string>? errors = null)
    {
        Succeeded = succeeded;
        RequestedPackages = [.. requestedPackages];
        ResolvedReferences = resolvedReferences ?? [];
        Errors = errors ?? [];
    }

    public bool Succeeded { get; }

    /// <summary>Sentences for the one who wrote the cell.</summary>
    public IReadOnlyCollection<string> Errors { get; }

    public IReadOnlyList<ResolvedPackageReference> ResolvedReferences { get; }

    internal IReadOnlyList<PackageReference> RequestedPackages { get; }
}
