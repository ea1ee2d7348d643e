using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.DotNet.Interactive.CSharp.Extending;

/// <summary>
/// The part of a cell that has to lie outside of it: static classes with extension blocks, which the compiler wants to lie in
/// no other class, and the types of the same cell that they name. It is compiled before the cell, as a library of its own.
/// </summary>
/// <param name="Tree">The types, each where it stands in the cell, but for what <see cref="Opened"/> says.</param>
/// <param name="Types">Their names.</param>
/// <param name="Spans">Where they stand in the cell.</param>
/// <param name="Opened">Where one was made public: cells are other assemblies.</param>
internal sealed record LibraryCode(SyntaxTree Tree, IReadOnlyCollection<string> Types, IReadOnlyList<TextSpan> Spans, IReadOnlyList<int> Opened)
{
    private const string Public = "public ";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.None);

    /// <summary>Takes it out of a cell; null when there is nothing to take.</summary>
    /// <param name="code">The cell. What is taken leaves blanks, so that all else stays where it is.</param>
    /// <param name="tree">The same.</param>
    public static LibraryCode? TakeFrom(ref string code, SyntaxTree tree)
    {
        var declared = ((CompilationUnitSyntax)tree.GetRoot()).Members.OfType<BaseTypeDeclarationSyntax>().Where(type => !type.CloseBraceToken.IsMissing || !type.SemicolonToken.IsMissing).ToList();
        var taken = declared.Where(HasExtensions).ToList();
        if (taken.Count == 0) return null;
        for (var i = 0; i < taken.Count; i++)
        {
            var named = taken[i].DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText).ToHashSet();
            taken.AddRange(declared.Where(type => named.Contains(type.Identifier.ValueText) && !taken.Contains(type)));
        }

        var (rest, library) = (code.ToCharArray(), Blank(code));
        foreach (var type in taken)
        {
            code.AsSpan(type.SpanStart, type.Span.Length).CopyTo(library.AsSpan(type.SpanStart));
            Blank(code.Substring(type.SpanStart, type.Span.Length)).CopyTo(rest.AsSpan(type.SpanStart));
        }

        var opened = taken.Where(type => !type.Modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.FileKeyword))
            .Select(type => type.Modifiers.FirstOrDefault() is var first && first != default ? first.SpanStart : KeywordOf(type)).Order().ToList();
        var text = new StringBuilder(new string(library));
        foreach (var place in Enumerable.Reverse(opened)) text.Insert(place, Public);
        code = new string(rest);
        return new LibraryCode(CSharpSyntaxTree.ParseText(SourceText.From(text.ToString(), Encoding.UTF8), ParseOptions, tree.FilePath), [.. taken.Select(type => type.Identifier.ValueText)], [.. taken.Select(type => type.Span)], opened);
    }

    /// <summary>A place of the cell in <see cref="Tree"/>.</summary>
    public int FromCell(int position) => position + Public.Length * Opened.Count(place => place < position);

    /// <summary>What is said about <see cref="Tree"/>, at its place in the cell.</summary>
    public Diagnostic ToCell(Microsoft.CodeAnalysis.Diagnostic said)
    {
        var span = said.Location.SourceSpan;
        var lines = Tree.GetText().Lines;
        return Diagnostic.FromCodeAnalysisDiagnostic(said).WithLinePositionSpan(new(Place(span.Start), Place(span.End)));

        LinePosition Place(int position)
        {
            var line = lines.GetLineFromPosition(position);
            var added = Opened.Select((place, i) => place + i * Public.Length).Count(place => place >= line.Start && place < position);
            return new(line.LineNumber, Math.Max(0, position - line.Start - added * Public.Length));
        }
    }

    private static bool HasExtensions(BaseTypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax { TypeParameterList: null } c && c.Modifiers.Any(SyntaxKind.StaticKeyword) && c.Members.OfType<ExtensionBlockDeclarationSyntax>().Any();

    private static int KeywordOf(BaseTypeDeclarationSyntax type) => type switch { TypeDeclarationSyntax t => t.Keyword.SpanStart, EnumDeclarationSyntax e => e.EnumKeyword.SpanStart, _ => type.SpanStart };

    private static char[] Blank(string code) => [.. code.Select(c => c is '\n' or '\r' ? c : ' ')];
}
