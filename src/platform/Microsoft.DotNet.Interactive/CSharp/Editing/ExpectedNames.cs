using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>The names that are meant where more than one could stand: members of what is initialized or matched, and parameters.</summary>
internal static class ExpectedNames
{
    /// <param name="model">The cell.</param>
    /// <param name="start">Where the name begins.</param>
    public static IEnumerable<(string Text, ISymbol Symbol)> At(SemanticModel model, int start)
    {
        var before = model.SyntaxTree.GetRoot().FindToken(Math.Max(0, start - 1));
        if (before.SpanStart >= start) before = before.GetPreviousToken();
        if (before.Kind() is not (SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken or SyntaxKind.OpenParenToken)) return [];
        return before.Parent switch
        {
            InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } => Members(model, model.GetTypeInfo(creation).Type, start).Where(m => m.Symbol is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null }),
            InitializerExpressionSyntax { Parent: WithExpressionSyntax with } => Members(model, model.GetTypeInfo(with).Type, start),
            PropertyPatternClauseSyntax { Parent: RecursivePatternSyntax pattern } => Members(model, (model.GetOperation(pattern) as IRecursivePatternOperation)?.MatchedType, start),
            BaseArgumentListSyntax list => Signatures.ParametersOf(model, list).Select(p => (p.Name + ":", (ISymbol)p)),
            _ => [],
        };
    }

    private static IEnumerable<(string, ISymbol Symbol)> Members(SemanticModel model, ITypeSymbol? type, int position) => type is null ? []
        : model.LookupSymbols(position, type).Where(s => s is IPropertySymbol { IsIndexer: false, IsStatic: false } or IFieldSymbol { IsStatic: false }).Select(s => (s.Name, s));
}
