using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Microsoft.DotNet.Interactive.CSharp.Extending;

/// <summary>What the top level of a program may have and that of a script may not, although it has a meaning there.</summary>
internal static class ProgramSyntax
{
    /// <summary>
    /// Blanks the keywords of `using var x = ...;`: in a cell it declares a variable as any other one, which is disposed of
    /// when the cell ends. A type that is for one file alone is one for the notebook.
    /// </summary>
    /// <returns>The variables to dispose of, in their order.</returns>
    public static IReadOnlyList<string> TakeFrom(ref string code, SyntaxTree script)
    {
        var hasUsings = script.GetRoot().ContainsDiagnostics && code.Contains("using", StringComparison.Ordinal);
        if (!hasUsings && !code.Contains("file ", StringComparison.Ordinal)) return [];
        var program = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest));
        var members = ((CompilationUnitSyntax)program.GetRoot()).Members;
        var declarations = members.OfType<GlobalStatementSyntax>().Select(s => s.Statement).OfType<LocalDeclarationStatementSyntax>().Where(d => hasUsings && d.UsingKeyword != default).ToList();
        var text = code.ToCharArray();
        foreach (var keyword in declarations.SelectMany(d => new[] { d.AwaitKeyword, d.UsingKeyword })
                     .Concat(members.OfType<BaseTypeDeclarationSyntax>().SelectMany(type => type.Modifiers).Where(m => m.IsKind(SyntaxKind.FileKeyword))))
            Array.Fill(text, ' ', keyword.SpanStart, keyword.Span.Length);
        code = new string(text);
        return [.. declarations.SelectMany(d => d.Declaration.Variables).Select(v => v.Identifier.ValueText)];
    }
}
