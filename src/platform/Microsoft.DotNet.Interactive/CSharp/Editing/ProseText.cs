using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>Where a cell has text that is no code: comments, strings, directives.</summary>
internal static class ProseText
{
    public static bool Contains(SyntaxNode root, int position)
    {
        if (position == 0 || root.FullSpan.IsEmpty) return false;
        var trivia = root.FindTrivia(position - 1);
        if (trivia.Span.Contains(position - 1))
        {
            if (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) return position < trivia.Span.End || !trivia.ToString().EndsWith("*/", StringComparison.Ordinal);
            // The line's end belongs to some of them.
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.DisabledTextTrivia || (trivia.HasStructure && !trivia.IsKind(SyntaxKind.SkippedTokensTrivia)))
                return !root.SyntaxTree.GetText().ToString(TextSpan.FromBounds(position - 1, position)).EndsWith('\n');
        }

        var token = root.FindToken(position - 1);
        return token.SpanStart < position && token.Kind() switch
        {
            SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken => token.Span.End >= position,
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken => token.Span.End > position || token.ContainsDiagnostics, // One without an end goes on.
            SyntaxKind.NumericLiteralToken => token.Span.End >= position,
            _ => false,
        };
    }
}
