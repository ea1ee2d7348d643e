using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Lets loops look whether they shall stop where the compiler's own instrumentation does not: it leaves out lambdas and
/// state machines, and a cell is one. Lines stay where they are; columns do not.
/// </summary>
internal static class LoopWatch
{
    /// <summary>The static field that loops look at.</summary>
    public const string Field = "__stop";

    private const string Look = Field + ".ThrowIfCancellationRequested();";

    public static SyntaxTree Insert(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        StatementSyntax[] bodies = [.. root.DescendantNodes().Select(BodyOf).OfType<StatementSyntax>().Where(IsUnwatched)];
        if (bodies.Length == 0 || bodies.Any(body => body.ContainsDiagnostics)) return tree;

        var insertions = new List<(int Position, string Text)>();
        var first = root.Members.First(member => member.Span.Contains(bodies[0].Span));
        insertions.Add((first.SpanStart, $"static global::System.Threading.CancellationToken {Field}; "));
        foreach (var body in bodies)
            if (body is BlockSyntax block)
                insertions.Add((block.OpenBraceToken.Span.End, " " + Look));
            else
            {
                insertions.Add((body.SpanStart, $"{{ {Look} "));
                insertions.Add((body.Span.End, " }"));
            }

        var text = new StringBuilder(tree.ToString());
        foreach (var (position, inserted) in insertions.Select((insertion, i) => (insertion, i))
            .OrderByDescending(x => x.insertion.Position).ThenByDescending(x => x.i).Select(x => x.insertion))
            text.Insert(position, inserted);
        return Script.Parse(text.ToString(), tree.FilePath);
    }

    private static StatementSyntax? BodyOf(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        _ => null,
    };

    private static bool IsUnwatched(StatementSyntax body)
    {
        foreach (var node in body.Ancestors())
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax: return true;
                case LocalFunctionStatementSyntax function: return IsStateMachine(function.Modifiers, function);
                case BaseMethodDeclarationSyntax method: return IsStateMachine(method.Modifiers, method);
                case AccessorDeclarationSyntax accessor: return IsStateMachine(accessor.Modifiers, accessor);
                case GlobalStatementSyntax: return true;
            }

        return false;
    }

    private static bool IsStateMachine(SyntaxTokenList modifiers, SyntaxNode function) =>
        modifiers.Any(SyntaxKind.AsyncKeyword) || function.DescendantNodes().OfType<YieldStatementSyntax>().Any();
}
