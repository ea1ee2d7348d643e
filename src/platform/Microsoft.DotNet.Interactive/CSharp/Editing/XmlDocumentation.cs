using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>
/// The documentation of the members of an assembly, from the XML files that came with it. Nothing is kept but what was asked
/// for: the files of the base library alone are 30 MB, and finding a member in their bytes takes milliseconds.
/// </summary>
internal sealed class XmlDocumentation(string assemblyPath) : DocumentationProvider
{
    private static readonly Lazy<string[]> Framework = new(() => [.. FrameworkFolders().SelectMany(folder => Directory.GetFiles(folder, "*.xml"))]);

    private readonly ConcurrentDictionary<string, string?> known = new();

    public override bool Equals(object? obj) => obj is XmlDocumentation other && other.Path == Path;

    public override int GetHashCode() => Path.GetHashCode();

    private string Path => assemblyPath;

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        known.GetOrAdd(documentationMemberID, id => Files().Select(file => Find(file, id)).FirstOrDefault(text => text is not null));

    private IEnumerable<string> Files()
    {
        var beside = System.IO.Path.ChangeExtension(assemblyPath, ".xml");
        if (File.Exists(beside)) return [beside];
        // Which of the reference assemblies documents a type of the base library is not known: the likely ones go first.
        var name = System.IO.Path.GetFileName(beside);
        return IsOfFramework ? Framework.Value.OrderByDescending(f => System.IO.Path.GetFileName(f) == name).ThenByDescending(f => System.IO.Path.GetFileName(f) == "System.Runtime.xml") : [];
    }

    private bool IsOfFramework => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(assemblyPath)))
        is "Microsoft.NETCore.App" or "Microsoft.AspNetCore.App";

    // The SDK's ROOT/packs/NAME.Ref/VERSION/ref/netX.0; the runtime has no documentation of its own.
    private static IEnumerable<string> FrameworkFolders()
    {
        var root = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        foreach (var pack in new[] { "Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref" })
        {
            var folder = new DirectoryInfo(System.IO.Path.Combine(root, "packs", pack));
            if (!folder.Exists) continue;
            var newest = folder.GetDirectories($"{Environment.Version.Major}.*").MaxBy(d => Version.TryParse(d.Name, out var version) ? version : new Version());
            if (newest is not null) yield return System.IO.Path.Combine(newest.FullName, "ref", $"net{Environment.Version.Major}.0");
        }
    }

    private static string? Find(string file, string id)
    {
        ReadOnlySpan<byte> bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var start = bytes.IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{id}\">"));
        if (start < 0) return null;
        var length = bytes[start..].IndexOf("</member>"u8);
        return length < 0 ? null : Encoding.UTF8.GetString(bytes.Slice(start, length + "</member>"u8.Length));
    }
}
