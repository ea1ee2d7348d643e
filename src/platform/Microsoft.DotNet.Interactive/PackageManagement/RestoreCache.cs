using System.Security.Cryptography;
using System.Text;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>
/// What restores have found, kept between processes: the same exact versions from the same sources are the same packages.
/// A version that is left open is asked for each time, because there may be a newer one.
/// </summary>
internal static class RestoreCache
{
    /// <summary>The file for a restore; null for one that is not to be kept.</summary>
    public static string? FileFor(string notebookFolder, IEnumerable<string> sources, IReadOnlyCollection<PackageReference> references)
    {
        if (references.Any(r => !r.IsPackageVersionSpecified || r.PackageVersion.AsSpan().ContainsAny("*[(,"))) return null;
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (folder.Length == 0) return null;
        string[] parts =
        [
            Environment.Version.ToString(), Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? "",
            .. sources, .. references.Select(r => $"{r.PackageName} {r.PackageVersion}".ToLowerInvariant()).Order(StringComparer.Ordinal), .. Settings(notebookFolder),
        ];
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];
        return Path.Combine(folder, "FedNotebook", "restores", key + ".json");
    }

    /// <summary>What was found, if all of it is still there.</summary>
    public static IReadOnlyList<ResolvedPackageReference>? Read(string? file)
    {
        if (file is null || !File.Exists(file)) return null;
        try
        {
            var found = RestoredAssets.Read(file, out var complete).ToList();
            return complete && found.TrueForAll(r => r.AssemblyPaths.All(File.Exists)) ? found : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    public static void Keep(string? file, string assetsFile)
    {
        if (file is null) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // Another process may write the same: it moves a whole file into place, too.
            var whole = $"{file}.{Environment.ProcessId}";
            File.Copy(assetsFile, whole, overwrite: true);
            File.Move(whole, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process restores once more.
        }
    }

    // Sources and credentials come from the settings of every folder above the notebook, and of the user.
    private static IEnumerable<string> Settings(string notebookFolder)
    {
        for (var folder = new DirectoryInfo(notebookFolder); folder is not null; folder = folder.Parent)
            foreach (var name in new[] { "nuget.config", "NuGet.config", "NuGet.Config" })
                if (File.Exists(Path.Combine(folder.FullName, name))) yield return $"{folder.FullName}\n{File.ReadAllText(Path.Combine(folder.FullName, name))}"; // Its paths are relative.
        var user = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet", "NuGet.Config");
        if (File.Exists(user)) yield return File.ReadAllText(user);
    }
}
