using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Assemblies;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// The .NET base library as cells refer to it. Almost half of its assemblies define nothing and only say where something has
/// moved to; each reference costs every cell time and memory, so one of those is referred to when an assembly that needs it is.
/// </summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<(ImmutableArray<PortableExecutableReference> Defining, Dictionary<string, string> Forwarding)> Found = new(Find);

    public static ImmutableArray<PortableExecutableReference> All => Found.Value.Defining;

    public static ImmutableHashSet<string> Names =>
        All.Select(reference => Path.GetFileNameWithoutExtension(reference.FilePath!)).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files of the base library that define nothing and that an assembly refers to.</summary>
    public static IEnumerable<string> NeededBy(PortableExecutableReference reference)
    {
        try
        {
            var reader = Read(reference);
            return [.. reader.AssemblyReferences.Select(r => reader.GetString(reader.GetAssemblyReference(r).Name)).Where(Found.Value.Forwarding.ContainsKey).Select(name => Found.Value.Forwarding[name])];
        }
        catch (Exception e) when (e is BadImageFormatException or IOException)
        {
            return []; // The compiler will say that this is no assembly.
        }
    }

    private static (ImmutableArray<PortableExecutableReference>, Dictionary<string, string>) Find()
    {
        var references = ProcessAssemblies.Framework.Select(ReferencedFiles.OpenLasting).ToLookup(Defines);
        return ([.. references[true]], references[false].ToDictionary(r => Path.GetFileNameWithoutExtension(r.FilePath!), r => r.FilePath!, StringComparer.OrdinalIgnoreCase));
    }

    private static bool Defines(PortableExecutableReference reference)
    {
        var reader = Read(reference);
        return reader.TypeDefinitions.Any(type => (reader.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);
    }

    private static MetadataReader Read(PortableExecutableReference reference) => ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader();
}
