using System.IO.Compression;
using System.Xml.Linq;

namespace FedNotebook.Notebooks;

/// <summary>
/// The build with the upstream packages, tried with stand-ins: packages of their names and versions that hold the platform's assemblies. It shows that the projects
/// restore, compile and pack with nothing of src/platform beside them; not that upstream's assemblies behave alike.
/// </summary>
public sealed class UpstreamBuildTests : IDisposable
{
    private const string Interactive = "1.0.0-beta.26120.1";

    private readonly string folder = Clone.TemporaryFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_same_source_compiles_and_packs_with_packages_of_upstreams_names()
    {
        Clone.NeedsKernel();
        WriteStandIns();
        CopySources();

        Build("pack", "src/FedNotebook.Interactive", "-o", "out");
        Build("build", "src/FedNotebook.Kernel");

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Path.Combine(folder, "out"))));
        var dependencies = XDocument.Load(package.GetEntry("FedNotebook.nuspec")!.Open()).Descendants().Where(element => element.Name.LocalName == "dependency");
        Assert.Equal(
            ["CsvHelper", $"Microsoft.DotNet.Interactive {Interactive}", $"Microsoft.DotNet.Interactive.CSharp {Interactive}", "Plotly.NET.CSharp 0.13.0", "TorchSharp-cpu 0.106.0"],
            dependencies.Select(dependency => (string)dependency.Attribute("id")! is "CsvHelper" ? "CsvHelper" : $"{(string)dependency.Attribute("id")!} {(string)dependency.Attribute("version")!}"));
        Assert.NotNull(package.GetEntry("interactive-extensions/dotnet/FedNotebook.Interactive.dll"));
        Assert.NotNull(package.GetEntry("lib/net10.0/FedNotebook.dll"));
    }

    private void Build(params string[] arguments)
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // A folder of its own, so that no stand-in comes among this machine's packages; what these have is read there.
        var outcome = Clone.RunIn(folder, "dotnet", [.. arguments, "-c", "Release", "-nodeReuse:false", "-p:FedPackages=nuget", $"-p:RestoreFallbackFolders={packages}"],
            ("NUGET_PACKAGES", Path.Combine(folder, "packages")));
        Assert.True(outcome.Status == 0, string.Join('\n', outcome.Output.Split('\n').Where(line => line.Contains("error")).Distinct().Take(20)));
    }

    private void CopySources()
    {
        string[] folders = ["src/FedNotebook", "src/FedNotebook.Generators", "src/FedNotebook.Interactive", "src/FedNotebook.Kernel", "eng", "artifacts/npm"];
        string[] files = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", "global.json", "README.md"];
        var inside = folders.SelectMany(name => Directory.EnumerateFiles(Path.Combine(Clone.Root, name), "*", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/") && !path.Contains("/playwright/"));
        foreach (var path in files.Select(name => Path.Combine(Clone.Root, name)).Concat(inside))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Clone.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        File.WriteAllText(Path.Combine(folder, "nuget.config"), """<configuration><packageSources><add key="stand-ins" value="feed" /></packageSources></configuration>""");
    }

    private void WriteStandIns()
    {
        WriteStandIn("TorchSharp-cpu", "0.106.0", "TorchSharp", "TorchSharp.dll");
        WriteStandIn("Plotly.NET.CSharp", "0.13.0", "Plotly.NET", "Plotly.NET.dll");
        WriteStandIn("Microsoft.DotNet.Interactive", Interactive, "Interactive", "Microsoft.DotNet.Interactive.dll");
        foreach (var name in (string[])["CSharp", "PackageManagement"])
            WriteStandIn($"Microsoft.DotNet.Interactive.{name}", Interactive, null, null, $"""<dependency id="Microsoft.DotNet.Interactive" version="{Interactive}" />""");
    }

    /// <summary>Writes a package of that name with the assembly, and with the dependencies, of one of the platform's.</summary>
    private void WriteStandIn(string id, string version, string? platform, string? assembly, string dependencies = "")
    {
        Directory.CreateDirectory(Path.Combine(folder, "feed"));
        using var package = ZipFile.Open(Path.Combine(folder, "feed", $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        if (platform is not null)
        {
            var original = $"FedNotebook.Platform.{platform}";
            using var source = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Path.Combine(Clone.Root, "artifacts", "packages"), original + ".*.nupkg")));
            using (var from = source.GetEntry($"lib/net10.0/{assembly}")!.Open())
            using (var to = package.CreateEntry($"lib/net10.0/{assembly}").Open())
                from.CopyTo(to);
            var group = XDocument.Load(source.GetEntry(original + ".nuspec")!.Open()).Descendants().Where(element => element.Name.LocalName == "dependency");
            dependencies = string.Concat(group.Select(element => $"""<dependency id="{(string)element.Attribute("id")!}" version="{(string)element.Attribute("version")!}" />"""));
        }

        using var nuspec = new StreamWriter(package.CreateEntry(id + ".nuspec").Open());
        nuspec.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>{id}</id><version>{version}</version><authors>nobody</authors><description>A stand-in.</description>
              <dependencies><group targetFramework="net10.0">{dependencies}</group></dependencies>
            </metadata></package>
            """);
    }
}
