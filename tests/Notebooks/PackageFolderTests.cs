namespace FedNotebook.Notebooks;

/// <summary>The folder into which NuGet unpacks packages, where a package that was built again must not live on in its earlier form.</summary>
public sealed class PackageFolderTests
{
    [Theory]
    [InlineData("packages")]
    [InlineData("packages/")]
    public void A_package_that_is_built_again_is_unpacked_again(string name)
    {
        var folder = Clone.TemporaryFolder();
        var unpacked = Directory.CreateDirectory(Path.Combine(folder, "packages", "some.package", "0.1.0")).FullName;
        var project = Path.Combine(folder, "Some.Package.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><IsPackable>true</IsPackable><Version>0.1.0</Version></PropertyGroup>
              <Import Project="{Path.Combine(Clone.Root, "Directory.Build.targets")}" />
            </Project>
            """);
        var outcome = Clone.Run("dotnet", ["pack", project, "-nodereuse:false"], ("NUGET_PACKAGES", Path.Combine(folder, name)));
        Assert.True(outcome.Status == 0, outcome.Output);
        Assert.False(Directory.Exists(unpacked));
        Directory.Delete(folder, recursive: true);
    }
}
