using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>What can stand at a place in a cell: the members of what is before the dot, or every name that is in scope.</summary>
internal static class Completions
{
    private static readonly CompletionItem[] Keywords =
    [
        .. SyntaxFacts.GetKeywordKinds().Where(kind => !SyntaxFacts.IsPreprocessorKeyword(kind) && !SyntaxFacts.IsAccessorDeclaration(kind))
            .Select(SyntaxFacts.GetText).Where(text => text.Length > 1 && !text.StartsWith("__", StringComparison.Ordinal))
            .Distinct().Select(text => new CompletionItem(text, "Keyword")),
    ];

    public static IReadOnlyList<CompletionItem> At(SemanticModel model, int position, string typed)
    {
        if (ProseText.Contains(model.SyntaxTree.GetRoot(), position)) return [];
        var (container, isStatic) = ContainerAt(model, position - typed.Length);
        if (container is null && isStatic is null) return [];
        IEnumerable<ISymbol> symbols = container is null
            ? model.LookupSymbols(position)
            : model.LookupSymbols(position, container, includeReducedExtensionMethods: true).Where(s => IsMember(s, isStatic));
        var items = symbols.Where(s => s.CanBeReferencedByName && s.Name.Length > 0 && !s.IsImplicitlyDeclared)
            .GroupBy(s => s.Name).Select(overloads => Item(overloads.First(), overloads.Count()));
        var expected = container is null ? ExpectedNames.At(model, position - typed.Length).Select(name => Item(name.Symbol, 1, name.Text)).ToList() : [];
        return
        [
            .. expected.Where(Fits).OrderBy(i => i.SortText, StringComparer.OrdinalIgnoreCase),
            .. (container is null ? items.Concat(Keywords) : items).Where(Fits).ExceptBy(expected.Select(i => i.DisplayText), i => i.DisplayText).OrderBy(i => i.SortText, StringComparer.OrdinalIgnoreCase),
        ];

        bool Fits(CompletionItem item) => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
    }

    // (null, false) is a place without a dot; (null, null) one where nothing is known.
    private static (INamespaceOrTypeSymbol? Container, bool? IsStatic) ContainerAt(SemanticModel model, int position)
    {
        var token = model.SyntaxTree.GetRoot().FindToken(Math.Max(0, position - 1));
        if (token.SpanStart >= position) token = token.GetPreviousToken();
        if (!token.IsKind(SyntaxKind.DotToken)) return (null, false);
        ExpressionSyntax? left = token.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            _ => null,
        };
        if (left is null) return (null, null);
        var symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceOrTypeSymbol named) return (named, true);
        if (model.GetTypeInfo(left).Type is { TypeKind: not TypeKind.Error } type) return (type, false);
        // A line above that ends in a dot has taken this one for its end.
        var text = left.ToString();
        if (text.LastIndexOf('\n') is var end and >= 0 && text[..end].TrimEnd().EndsWith('.'))
        {
            var alone = SyntaxFactory.ParseExpression(text[(end + 1)..]);
            if (model.GetSpeculativeSymbolInfo(left.SpanStart, alone, SpeculativeBindingOption.BindAsExpression).Symbol is INamespaceOrTypeSymbol meant) return (meant, true);
            if (model.GetSpeculativeTypeInfo(left.SpanStart, alone, SpeculativeBindingOption.BindAsExpression).Type is { TypeKind: not TypeKind.Error } its) return (its, false);
        }

        return (null, null);
    }

    private static bool IsMember(ISymbol symbol, bool? isStatic) =>
        isStatic == true ? symbol.IsStatic || symbol is INamespaceOrTypeSymbol : !symbol.IsStatic && symbol is not ITypeSymbol;

    private static CompletionItem Item(ISymbol symbol, int overloads, string? text = null) => new(text ?? symbol.Name, Kind(symbol),
        documentation: symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + (overloads > 1 ? $" (+ {overloads - 1} overloads)" : ""));

    private static string Kind(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface or TypeKind.Delegate ? type.TypeKind.ToString() : "Class",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "EnumMember",
        IFieldSymbol { IsConst: true } => "Constant",
        _ => symbol.Kind.ToString(),
    };
}
