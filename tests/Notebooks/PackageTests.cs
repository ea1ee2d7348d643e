using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FedNotebook.Notebooks;

/// <summary>The packages that ./fednb built into the local feed, as NuGet and notebooks read them.</summary>
public sealed class PackageTests
{
    private const string Readme = "README.md", Plotly = "licenses/plotly.js.txt";

    public static TheoryData<string, string[], string[]> Packages => new()
    {
        {
            "FedNotebook",
            [
                "lib/net10.0/FedNotebook.dll", "lib/net10.0/FedNotebook.xml", "lib/net10.0/FedNotebook.Interactive.dll", "lib/net10.0/FedNotebook.Interactive.xml",
                "interactive-extensions/dotnet/FedNotebook.Interactive.dll", Plotly, Readme,
            ],
            ["CsvHelper", "FedNotebook.Platform.Interactive", "FedNotebook.Platform.Plotly.NET", "FedNotebook.Platform.TorchSharp"]
        },
        { "FedNotebook.Platform.TorchSharp", ["lib/net10.0/TorchSharp.dll", "lib/net10.0/TorchSharp.xml", "runtimes/linux-x64/native/libTorchSharpShim.so", Readme], [] },
        {
            "FedNotebook.Platform.Interactive", ["lib/net10.0/Microsoft.DotNet.Interactive.dll", "lib/net10.0/Microsoft.DotNet.Interactive.xml", Readme],
            ["Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.CSharp.Scripting", "Microsoft.DotNet.Interactive.Formatting", "Mono.Cecil", "System.Reactive"]
        },
        { "FedNotebook.Platform.Plotly.NET", ["lib/net10.0/Plotly.NET.dll", "lib/net10.0/Plotly.NET.xml", "NOTICE.md", Plotly, Readme], [] },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_holds_what_it_should_and_nothing_else(string id, string[] files, string[] dependencies)
    {
        using var package = Open(id);
        string[] ofNuGetItself = [$"{id}.nuspec", "_rels/.rels", "[Content_Types].xml"];
        Assert.Equal(files.Order(), package.Entries.Select(entry => entry.FullName).Where(name => !ofNuGetItself.Contains(name) && !name.StartsWith("package/")).Order());
        Assert.All(package.Entries, entry => Assert.True(entry.Length > 0, entry.FullName + " is empty."));

        var nuspec = XDocument.Load(package.GetEntry($"{id}.nuspec")!.Open());
        string One(string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal((id, "MIT", Readme), (One("id"), One("license"), One("readme")));
        Assert.NotEqual("Package Description", One("description"));
        Assert.Equal("net10.0", (string?)nuspec.Descendants().Single(element => element.Name.LocalName == "dependencies").Elements().Single().Attribute("targetFramework"));
        var dependsOn = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!);
        Assert.Equal(dependencies, dependsOn.Keys.Order(StringComparer.Ordinal));
        Assert.All(dependsOn.Where(dependency => dependency.Key.StartsWith("FedNotebook")), dependency => Assert.Equal(One("version"), dependency.Value));
    }

    [Fact]
    public void The_extension_is_the_library_that_programs_get_and_the_readme_the_clones()
    {
        using var package = Open("FedNotebook");
        Assert.Equal(Bytes(package, "lib/net10.0/FedNotebook.Interactive.dll"), Bytes(package, "interactive-extensions/dotnet/FedNotebook.Interactive.dll"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Clone.Root, Readme)), Bytes(package, Readme));
    }

    [Fact]
    public void The_quick_start_asks_for_the_version_that_is_built()
    {
        using var package = Open("FedNotebook");
        var version = XDocument.Load(package.GetEntry("FedNotebook.nuspec")!.Open()).Descendants().Single(element => element.Name.LocalName == "version").Value;
        Assert.Contains($"#:package FedNotebook@{version}\n", File.ReadAllText(Path.Combine(Clone.Root, "quickstart.cs")));
    }

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using var copy = new MemoryStream();
        using var stream = package.GetEntry(name)!.Open();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static ZipArchive Open(string id)
    {
        Clone.NeedsKernel();
        var files = Directory.GetFiles(Path.Combine(Clone.Root, "artifacts", "packages"), id + ".*.nupkg").Where(path => Regex.IsMatch(Path.GetFileName(path), $@"^{Regex.Escape(id)}\.\d[^/]*$"));
        return ZipFile.OpenRead(Assert.Single(files));
    }
}
