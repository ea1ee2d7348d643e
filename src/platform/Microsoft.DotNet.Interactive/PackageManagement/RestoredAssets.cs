using System.Text.Json;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>Reads from project.assets.json which files of which packages a process on this machine uses.</summary>
internal static class RestoredAssets
{
    public static IEnumerable<ResolvedPackageReference> Read(string assetsFile) => Read(assetsFile, out _);

    /// <param name="assetsFile">The file.</param>
    /// <param name="complete">Whether every package that it names is there.</param>
    public static IEnumerable<ResolvedPackageReference> Read(string assetsFile, out bool complete)
    {
        complete = true;
        using var document = JsonDocument.Parse(File.ReadAllText(assetsFile));
        var root = document.RootElement;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(p => p.Name)];
        var libraries = root.GetProperty("libraries");
        // The target with a runtime identifier has a slash in its name; it comes with the files for this very machine.
        var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(t => t.Name.Contains('/')).First().Value;

        var references = new List<ResolvedPackageReference>();
        foreach (var package in target.EnumerateObject())
        {
            if (package.Value.GetProperty("type").GetString() != "package") continue;
            var path = libraries.GetProperty(package.Name).GetProperty("path").GetString()!;
            var packageRoot = folders.Select(f => Path.Combine(f, path)).FirstOrDefault(Directory.Exists);
            complete &= packageRoot is not null;
            if (packageRoot is null) continue;
            var (name, version) = package.Name.Split('/') switch { [var n, var v] => (n, v), _ => (package.Name, "") };
            string[] native = [.. Files(package.Value, "native").Select(f => Path.GetDirectoryName(Path.Combine(packageRoot, f))!).Distinct()];
            string[] assemblies = [.. Files(package.Value, "runtime").Where(f => f.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).Select(f => Path.Combine(packageRoot, f))];
            references.Add(new ResolvedPackageReference(name, version, assemblies, packageRoot, native));
        }

        return references;
    }

    private static IEnumerable<string> Files(JsonElement package, string kind) =>
        !package.TryGetProperty(kind, out var files) ? []
        : files.EnumerateObject().Select(f => f.Name.Replace('/', Path.DirectorySeparatorChar)).Where(f => Path.GetFileName(f) != "_._");
}
