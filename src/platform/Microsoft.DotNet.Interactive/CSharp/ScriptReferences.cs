using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Assemblies;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>What the cells of one kernel can refer to. It never changes: who adds something gets another one.</summary>
internal sealed class ScriptReferences
{
    private static readonly Lazy<ScriptReferences> ForFirstCell = new(() =>
        new[] { typeof(Kernel), typeof(Formatting.Formatter), typeof(Microsoft.AspNetCore.Html.IHtmlContent), typeof(System.Reactive.Unit) }
            .Select(type => type.Assembly.Location).Concat(FrameworkReferences.All.SelectMany(FrameworkReferences.NeededBy))
            .Aggregate(new ScriptReferences(FrameworkReferences.Names, []), (all, file) => all.With(file)));

    private readonly ImmutableHashSet<string> names;

    private ScriptReferences(ImmutableHashSet<string> names, ImmutableArray<PortableExecutableReference> added) => (this.names, Added) = (names, added);

    public static ScriptReferences Default => ForFirstCell.Value;

    /// <summary>What there is besides <see cref="FrameworkReferences.All"/>, the oldest first.</summary>
    public ImmutableArray<PortableExecutableReference> Added { get; }

    /// <summary>Everything, for a first cell; what was not there yet, for a cell that inherits the others from the one before it.</summary>
    public IEnumerable<MetadataReference> Since(ScriptReferences? inherited) =>
        inherited is null ? FrameworkReferences.All.Concat(Added)
        : inherited.Added == Added ? []
        : Added.Where(reference => !inherited.names.Contains(NameOf(reference.FilePath!)));

    /// <summary>The same and an assembly, and what that one needs of the base library.</summary>
    public ScriptReferences With(string path)
    {
        var file = ProcessAssemblies.FileFor(path);
        if (names.Contains(NameOf(file))) return this;
        var reference = ReferencedFiles.Open(file);
        var result = new ScriptReferences(names.Add(NameOf(file)), Added.Add(reference));
        return FrameworkReferences.NeededBy(reference).Aggregate(result, (all, needed) => all.With(needed));
    }

    /// <summary>The same and all of another one.</summary>
    public ScriptReferences With(ScriptReferences other) => other.Added.Aggregate(this, (all, reference) => all.With(reference.FilePath!));

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
