using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Microsoft.DotNet.Interactive.Tests;

/// <summary>Assemblies and packages, made on the spot.</summary>
internal static class SomePackage
{
    public static string Assembly(string folder, string name, string code, params string[] references)
    {
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)],
            framework.Concat(references).Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var file = Path.Combine(folder, name + ".dll");
        var result = compilation.Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }

    /// <summary>Puts a package into a folder feed; the files by their path in the package.</summary>
    public static void Pack(string feed, string id, string version, Dictionary<string, string> files, params (string Id, string Version)[] dependencies)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry(id + ".nuspec").Open()))
            nuspec.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                  <id>{id}</id><version>{version}</version><authors>tests</authors><description>For a test.</description>
                  <dependencies><group targetFramework="net10.0">{string.Concat(dependencies.Select(d => $"<dependency id=\"{d.Id}\" version=\"{d.Version}\" />"))}</group></dependencies>
                </metadata></package>
                """);
        foreach (var (path, file) in files) package.CreateEntryFromFile(file, path);
    }
}
