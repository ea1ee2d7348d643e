using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Microsoft.DotNet.Interactive.CSharp.Extending;

/// <summary>
/// A library that was compiled of a part of a cell. Later cells cannot get rid of a reference, so one whose types have been
/// declared anew shows none from then on.
/// </summary>
internal sealed class CellLibrary : PortableExecutableReference
{
    private const string Hint = " (A class with extension blocks is compiled before the rest of its cell: it sees libraries and the types of its own cell, but no variables, functions or types of other cells.)";

    private readonly AssemblyMetadata full, empty;

    public CellLibrary(CSharpCompilation compilation, Stream image, IReadOnlyCollection<string> types)
        : base(MetadataReferenceProperties.Assembly, compilation.AssemblyName)
    {
        Types = types;
        using MemoryStream nothing = new();
        CSharpCompilation.Create(compilation.AssemblyName, references: compilation.References, options: compilation.Options).Emit(nothing);
        (full, empty) = (AssemblyMetadata.CreateFromImage(Bytes(image)), AssemblyMetadata.CreateFromImage(nothing.ToArray()));
    }

    public IReadOnlyCollection<string> Types { get; }

    public bool IsHidden { get; set; }

    public static CSharpCompilation Compile(string name, LibraryCode code, IEnumerable<string> usings, IEnumerable<MetadataReference> references, CSharpCompilationOptions options)
    {
        var lines = usings.Distinct().ToList();
        var compilation = CSharpCompilation.Create(name, [code.Tree], references.Where(r => r is not CellLibrary { IsHidden: true }), options.WithUsings(ImmutableArray<string>.Empty));
        var global = Global(lines);
        // Some name what lies inside a cell, and some give a name for the second time: the newest are the first.
        var wrong = compilation.AddSyntaxTrees(global).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree == global)
            .Select(d => d.Location.GetLineSpan().StartLinePosition.Line).ToHashSet();
        return compilation.AddSyntaxTrees(wrong.Count == 0 ? global : Global(lines.Where((_, i) => !wrong.Contains(i))));

        SyntaxTree Global(IEnumerable<string> those) => CSharpSyntaxTree.ParseText(string.Join('\n', those.Select(line => "global " + line)), (CSharpParseOptions)code.Tree.Options, encoding: Encoding.UTF8);
    }

    /// <summary>What the compiler says about the code, at its place in the cell.</summary>
    public static IEnumerable<Diagnostic> Worth(LibraryCode code, IEnumerable<Microsoft.CodeAnalysis.Diagnostic> diagnostics) =>
        from said in diagnostics
        where said.Severity >= DiagnosticSeverity.Warning && !said.IsSuppressed && said.Location.SourceTree == code.Tree
        orderby said.Location.SourceSpan.Start
        let shown = code.ToCell(said)
        select said.Id is "CS0103" or "CS0246" ? new Diagnostic(shown.LinePositionSpan, shown.Severity, shown.Code, shown.Message + Hint) : shown;

    protected override Metadata GetMetadataImpl() => IsHidden ? empty : full;

    protected override DocumentationProvider CreateDocumentationProvider() => DocumentationProvider.Default;

    protected override PortableExecutableReference WithPropertiesImpl(MetadataReferenceProperties properties) => throw new NotSupportedException();

    private static byte[] Bytes(Stream image)
    {
        using MemoryStream copy = new();
        image.CopyTo(copy);
        return copy.ToArray();
    }
}
