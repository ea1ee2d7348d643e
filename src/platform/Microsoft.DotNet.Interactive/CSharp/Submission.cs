using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>A cell that has been compiled.</summary>
/// <param name="Compilation">What the next cell builds upon.</param>
/// <param name="References">What it could refer to.</param>
/// <param name="Run">Its code, ready to run.</param>
/// <param name="Interrupt">Where it looks whether it shall stop, if it does.</param>
internal sealed record Submission(CSharpCompilation Compilation, ScriptReferences References, Func<object?[], Task<object?>> Run, Interrupt? Interrupt)
{
    /// <summary>Whether it has the result that it ran to. A null may be one, or the absence of one.</summary>
    public bool HasResult(object? value) => value is not null || EndsInAnExpression(Compilation.SyntaxTrees[0]);

    private bool EndsInAnExpression(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last })
            return Compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
        return root.DescendantNodes(n => n is not (LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(n => n is ReturnStatementSyntax { Expression: not null });
    }
}
