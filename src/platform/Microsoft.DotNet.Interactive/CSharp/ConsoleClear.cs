using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Lets <c>Console.Clear()</c> in a cell write what clears a terminal: .NET writes it only where standard output is a terminal, and never
/// through <see cref="Console.Out"/>, so that nobody would hear of it. Lines stay where they are; columns do not.
/// </summary>
internal static class ConsoleClear
{
    private const string Write = "Write(\"\\u001b[H\\u001b[2J\")";

    public static SyntaxTree Insert(SyntaxTree tree)
    {
        IdentifierNameSyntax[] names = [.. tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Select(NameOf).OfType<IdentifierNameSyntax>()];
        if (names.Length == 0) return tree;
        var text = new StringBuilder(tree.ToString());
        foreach (var name in names.Reverse())
        {
            var call = (InvocationExpressionSyntax)name.Parent!.Parent!;
            text.Remove(name.SpanStart, call.Span.End - name.SpanStart).Insert(name.SpanStart, Write);
        }

        return Script.Parse(text.ToString(), tree.FilePath);
    }

    private static IdentifierNameSyntax? NameOf(InvocationExpressionSyntax call) =>
        call is { ContainsDirectives: false, ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "Clear" } name } access }
        && access.Expression.ToString() is "Console" or "System.Console" or "global::System.Console"
            ? name : null;
}
