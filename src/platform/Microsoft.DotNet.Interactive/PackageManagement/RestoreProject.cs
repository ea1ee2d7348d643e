using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>A project that has nothing but package references; the SDK's own restore finds, fetches and unpacks them.</summary>
internal sealed class RestoreProject
{
    private readonly string folder;

    private RestoreProject(string folder) => this.folder = folder;

    public string AssetsFile => Path.Combine(folder, "obj", "project.assets.json");

    private static string RuntimeIdentifier =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    public static RestoreProject Write(
        string folder, string notebookFolder, IEnumerable<string> sources, IEnumerable<PackageReference> wanted, IEnumerable<ResolvedPackageReference> loaded)
    {
        var project = new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
                new XElement("RuntimeIdentifier", RuntimeIdentifier),
                new XElement("SelfContained", false),
                new XElement("UseAppHost", false),
                new XElement("NuGetAudit", false),
                new XElement("TreatWarningsAsErrors", false),
                new XElement("ManagePackageVersionsCentrally", false),
                // A loaded version wins over a newer one that a new package would like.
                new XElement("NoWarn", "NU1605;NU1608"),
                new XElement("RestoreRootConfigDirectory", notebookFolder),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources)),
                // A gallery that cannot be reached matters only if nobody else has the package.
                new XElement("RestoreIgnoreFailedSources", true)),
            new XElement("ItemGroup",
                // The framework brings what old packages still list, and no registry need have.
                new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App")),
                wanted.Select(p => Reference(p.PackageName, p.IsPackageVersionSpecified ? p.PackageVersion : "*-*")),
                loaded.Select(p => Reference(p.PackageName, $"[{p.PackageVersion}]"))));
        Directory.CreateDirectory(folder);
        new XDocument(project).Save(Path.Combine(folder, "packages.csproj"));
        // No settings of folders above may change what is restored.
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, file), "<Project />");
        return new RestoreProject(folder);
    }

    /// <summary>Sentences that say why the packages cannot be had; none when they are there.</summary>
    public async Task<IReadOnlyList<string>> RestoreAsync(IReadOnlyList<PackageReference> wanted, CancellationToken cancellationToken)
    {
        if (File.Exists(AssetsFile)) File.Delete(AssetsFile);
        var run = await DotNetCommand.RunAsync(folder, cancellationToken, "restore", "packages.csproj", "--nologo", "-nodeReuse:false", "-noAutoResponse", "-verbosity:quiet");
        if (run is { ExitCode: 0 }) return [];
        return RestoreErrors.Read(AssetsFile, run.Output, wanted);
    }

    public IEnumerable<ResolvedPackageReference> ReadResolved() => RestoredAssets.Read(AssetsFile);

    private static XElement Reference(string name, string version) =>
        new("PackageReference", new XAttribute("Include", name), new XAttribute("Version", version));
}
