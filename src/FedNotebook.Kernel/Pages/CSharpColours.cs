using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FedNotebook.Kernel.Pages;

/// <summary>C# of a cell as HTML, with a class for each kind of word. Magic commands have a colour of their own.</summary>
internal static class CSharpColours
{
    public static string ToHtml(string code)
    {
        var lines = code.Split('\n');
        // What is not C# is blanked for the parser, so that positions stay.
        var parsed = string.Join('\n', lines.Select(line => IsDirective(line) ? new string(' ', line.Length) : line));
        var spans = Words(parsed).Concat(DirectiveLines(lines)).OrderBy(span => span.Start);

        var html = new StringBuilder();
        var last = 0;
        foreach (var (start, end, kind) in spans)
        {
            if (start < last) continue;
            html.Append(WebUtility.HtmlEncode(code[last..start]));
            html.Append($"<span class=\"{kind}\">{WebUtility.HtmlEncode(code[start..end])}</span>");
            last = end;
        }

        return html.Append(WebUtility.HtmlEncode(code[last..])).ToString();
    }

    private static bool IsDirective(string line) =>
        line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#r ", StringComparison.Ordinal)
        || line.StartsWith("#i ", StringComparison.Ordinal);

    private static IEnumerable<(int Start, int End, string Kind)> DirectiveLines(string[] lines)
    {
        var start = 0;
        foreach (var line in lines)
        {
            if (IsDirective(line)) yield return (start, start + line.Length, "magic");
            start += line.Length + 1;
        }
    }

    private static IEnumerable<(int Start, int End, string Kind)> Words(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script)).GetRoot();
        foreach (var token in root.DescendantTokens())
        {
            if (KindOf(token) is { } kind && token.Span.Length > 0) yield return (token.SpanStart, token.Span.End, kind);
        }

        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia)
            {
                yield return (trivia.SpanStart, trivia.Span.End, "comment");
            }
        }
    }

    private static string? KindOf(SyntaxToken token) =>
        token.Kind() switch
        {
            SyntaxKind.NumericLiteralToken => "number",
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
                or SyntaxKind.InterpolatedRawStringEndToken => "string",
            SyntaxKind.IdentifierToken => KindOfName(token),
            _ => token.IsKeyword() ? "keyword" : null,
        };

    private static string? KindOfName(SyntaxToken token) =>
        token.Parent switch
        {
            IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { Identifier.Text: "await" } => "keyword",
            BaseTypeDeclarationSyntax or ConstructorDeclarationSyntax => "type",
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => "function",
            SimpleNameSyntax name when IsInvoked(name) => "function",
            SimpleNameSyntax name when IsType(name) => "type",
            _ => null,
        };

    private static bool IsInvoked(SimpleNameSyntax name) =>
        name.Parent is InvocationExpressionSyntax
        || (name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Name == name);

    private static bool IsType(SimpleNameSyntax name) =>
        name is GenericNameSyntax
        || name.Parent switch
        {
            ObjectCreationExpressionSyntax creation => creation.Type == name,
            VariableDeclarationSyntax declaration => declaration.Type == name,
            ParameterSyntax parameter => parameter.Type == name,
            MethodDeclarationSyntax method => method.ReturnType == name,
            PropertyDeclarationSyntax property => property.Type == name,
            CastExpressionSyntax cast => cast.Type == name,
            TypeArgumentListSyntax or SimpleBaseTypeSyntax or ArrayTypeSyntax or NullableTypeSyntax => true,
            _ => false,
        };
}
