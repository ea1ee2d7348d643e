namespace Microsoft.DotNet.Interactive;

public class ResolvedPackageReference(
    string packageName,
    string packageVersion,
    IReadOnlyList<string> assemblyPaths,
    string? packageRoot = null,
    IReadOnlyList<string>? probingPaths = null)
    : PackageReference(packageName, packageVersion)
{
    public IReadOnlyList<string> AssemblyPaths { get; } = assemblyPaths;

    /// <summary>Folders in which native libraries of the package are looked for.</summary>
    public IReadOnlyList<string> ProbingPaths { get; } = probingPaths ?? [];

    public string? PackageRoot { get; } = packageRoot;
}
