using System.Collections.Concurrent;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Assemblies;
using Microsoft.DotNet.Interactive.CSharp.Editing;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>The assemblies that cells refer to, each opened once: an editor asks about a cell at every key.</summary>
internal static class ReferencedFiles
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), PortableExecutableReference> Opened = new();

    /// <summary>What `#r` names: a file, or an assembly of the process by its name; null when there is neither.</summary>
    public static string? Find(string pathOrName) => File.Exists(pathOrName) ? Path.GetFullPath(pathOrName)
        : ProcessAssemblies.Find(pathOrName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? pathOrName[..^4] : pathOrName);

    /// <summary>Opens a file, which need not be an assembly; the compiler says so then.</summary>
    public static PortableExecutableReference Open(string path) =>
        // A file of somebody's own may be built anew while it is in use here.
        Opened.GetOrAdd((path, File.GetLastWriteTimeUtc(path)), _ => MetadataReference.CreateFromFile(path, documentation: new XmlDocumentation(path)));

    /// <summary>Opens a file that stays as it is; nothing of it lies in memory but what the compiler looks at.</summary>
    public static PortableExecutableReference OpenLasting(string path) =>
        AssemblyMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.PrefetchMetadata).GetReference(new XmlDocumentation(path), filePath: path, display: path);
}
