namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>The packages of one notebook: what was asked for, and what a restore by the .NET SDK has made of it.</summary>
public class PackageRestoreContext : IDisposable
{
    private readonly Dictionary<string, PackageReference> requested = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ResolvedPackageReference> resolved = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> sources = [];
    private readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("notebook-packages-"));
    private readonly bool forceRestore;

    public PackageRestoreContext(bool forceRestore = false)
    {
        this.forceRestore = forceRestore;
        // A folder with packages that ship with the tool that runs the notebook.
        if (Environment.GetEnvironmentVariable("FEDNB_FEED") is { Length: > 0 } feed && Directory.Exists(feed)) sources.Add(Path.GetFullPath(feed));
    }

    /// <summary>Sources besides those that nuget.config names.</summary>
    public IEnumerable<string> RestoreSources => sources;

    public IEnumerable<PackageReference> RequestedPackageReferences => requested.Values;

    public IEnumerable<ResolvedPackageReference> ResolvedPackageReferences => resolved.Values;

    public void TryAddRestoreSource(string source) => sources.Add(source);

    public PackageReference GetOrAddPackageReference(string packageName, string? packageVersion = null) =>
        requested.TryGetValue(packageName, out var reference) ? reference : requested[packageName] = new PackageReference(packageName, packageVersion);

    public ResolvedPackageReference? GetResolvedPackageReference(string packageName) => resolved.GetValueOrDefault(packageName);

    public Task<PackageRestoreResult> RestoreAsync() => RestoreAsync(CancellationToken.None);

    public void Dispose()
    {
        if (folder.IsValueCreated && folder.Value.Exists)
            try
            {
                folder.Value.Delete(recursive: true);
            }
            catch (IOException)
            {
                // The system empties its temporary folder some day.
            }

        GC.SuppressFinalize(this);
    }

    internal async Task<PackageRestoreResult> RestoreAsync(CancellationToken cancellationToken)
    {
        PackageReference[] fresh = [.. requested.Values.Where(r => !resolved.ContainsKey(r.PackageName))];
        if (fresh.Length == 0 && !forceRestore) return new PackageRestoreResult(true, requested.Values, [.. resolved.Values]);

        IReadOnlyList<string> errors;
        try
        {
            var notebookFolder = Directory.GetCurrentDirectory();
            var kept = RestoreCache.FileFor(notebookFolder, sources, [.. fresh, .. resolved.Values]);
            if (!forceRestore && RestoreCache.Read(kept) is { } known) return Resolve(known);
            // What is loaded stays as it is: a process has one version of an assembly.
            var project = RestoreProject.Write(folder.Value.FullName, notebookFolder, sources, fresh, resolved.Values);
            errors = await project.RestoreAsync(fresh, cancellationToken);
            if (errors.Count == 0)
            {
                RestoreCache.Keep(kept, project.AssetsFile);
                return Resolve(project.ReadResolved());
            }
        }
        catch
        {
            Forget(fresh);
            throw;
        }

        Forget(fresh);
        return new PackageRestoreResult(false, requested.Values, errors: errors);
    }

    private PackageRestoreResult Resolve(IEnumerable<ResolvedPackageReference> found)
    {
        foreach (var reference in found) resolved.TryAdd(reference.PackageName, reference);
        return new PackageRestoreResult(true, requested.Values, [.. resolved.Values]);
    }

    // One wrong name must not spoil every restore that follows.
    private void Forget(IEnumerable<PackageReference> references)
    {
        foreach (var reference in references) requested.Remove(reference.PackageName);
    }
}
