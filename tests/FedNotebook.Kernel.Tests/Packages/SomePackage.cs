using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FedNotebook.Kernel.Tests.Packages;

/// <summary>A package for notebooks, made on the spot, in a feed beside the notebook.</summary>
internal static class SomePackage
{
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="name">The package's name; its version is 1.0.0.</param>
    /// <param name="extension">The source of interactive-extensions/dotnet/NAME.dll.</param>
    /// <param name="script">The text of extension.dib, if there is one.</param>
    public static void Put(SomeFolder folder, string name, string extension, string? script = null)
    {
        var feed = Directory.CreateDirectory(folder.At("feed")).FullName;
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="test" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{folder.At("unpacked")}" /></config>
            </configuration>
            """);
        using var package = ZipFile.Open(Path.Combine(feed, $"{name}.1.0.0.nupkg"), ZipArchiveMode.Create);
        Add($"{name}.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <package><metadata><id>{name}</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata></package>
            """));
        Add($"interactive-extensions/dotnet/{name}.dll", Compiled(name, extension));
        if (script is not null) Add("interactive-extensions/dotnet/extension.dib", System.Text.Encoding.UTF8.GetBytes(script));

        void Add(string path, byte[] content)
        {
            using var stream = package.CreateEntry(path).Open();
            stream.Write(content);
        }
    }

    private static byte[] Compiled(string name, string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], references, new(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return assembly.ToArray();
    }
}
