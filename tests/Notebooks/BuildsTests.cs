using System.Text.Json.Nodes;

namespace FedNotebook.Notebooks;

/// <summary>What the product's projects reference in each of the two builds, as MSBuild evaluates them.</summary>
public sealed class BuildsTests
{
    private const string Interactive = "1.0.0-beta.26120.1";

    public static TheoryData<string, string[], string[]> Projects => new()
    {
        { "FedNotebook", ["TorchSharp"], ["TorchSharp-cpu 0.106.0"] },
        {
            "FedNotebook.Interactive", ["Microsoft.DotNet.Interactive", "Plotly.NET", "TorchSharp"],
            [$"Microsoft.DotNet.Interactive {Interactive}", $"Microsoft.DotNet.Interactive.CSharp {Interactive}", "Plotly.NET.CSharp 0.13.0", "TorchSharp-cpu 0.106.0"]
        },
        {
            "FedNotebook.Kernel", ["Microsoft.DotNet.Interactive"],
            [$"Microsoft.DotNet.Interactive {Interactive}", $"Microsoft.DotNet.Interactive.CSharp {Interactive}", $"Microsoft.DotNet.Interactive.PackageManagement {Interactive}"]
        },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void With_the_upstream_packages_no_platform_assembly_is_left(string project, string[] platform, string[] upstream)
    {
        var (byDefault, withPackages) = (Evaluated(project), Evaluated(project, "-p:FedPackages=nuget"));

        Assert.Equal(platform, PlatformProjects(byDefault));
        Assert.Empty(PlatformProjects(withPackages));
        Assert.Equal(upstream, Packages(withPackages).Except(Packages(byDefault)));
        // What both builds have in common they have in the same version; and the platform build needs nothing that only upstream's galleries have.
        Assert.Empty(Packages(byDefault).Except(Packages(withPackages)));
        Assert.Equal(Sources(byDefault), Sources(withPackages));
    }

    private static JsonNode Evaluated(string project, params string[] properties)
    {
        var outcome = Clone.Run("dotnet",
            ["msbuild", Path.Combine(Clone.Root, "src", project, project + ".csproj"), "-nodeReuse:false", "-getItem:PackageReference,PackageVersion,ProjectReference,Compile,EmbeddedResource", .. properties]);
        Assert.True(outcome.Status == 0, outcome.Output + outcome.Error);
        return JsonNode.Parse(outcome.Output)!["Items"]!;
    }

    private static string[] PlatformProjects(JsonNode items) =>
        [.. Items(items, "ProjectReference").Where(path => path.Contains("/platform/")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private static string[] Packages(JsonNode items)
    {
        var versions = items["PackageVersion"]!.AsArray().ToDictionary(item => (string)item!["Identity"]!, item => (string)item!["Version"]!);
        return [.. Items(items, "PackageReference").Select(package => $"{package} {versions[package]}").Order(StringComparer.Ordinal)];
    }

    private static string[] Sources(JsonNode items) => [.. Items(items, "Compile").Concat(Items(items, "EmbeddedResource"))];

    private static IEnumerable<string> Items(JsonNode items, string type) => items[type]!.AsArray().Select(item => ((string)item!["Identity"]!).Replace('\\', '/'));
}
