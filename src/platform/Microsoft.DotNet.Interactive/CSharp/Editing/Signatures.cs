using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>The ways to call what stands before the parenthesis (or bracket) that a place in a cell is in.</summary>
/// <param name="All">A signature each.</param>
/// <param name="Active">The one that fits what has been written so far.</param>
/// <param name="ActiveParameter">Which of its parameters is being written.</param>
internal sealed record Signatures(IReadOnlyList<SignatureInformation> All, int Active, int ActiveParameter)
{
    private const string MarkdownType = "text/markdown";

    private static readonly SymbolDisplayFormat Constructor = SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    public static Signatures? At(SemanticModel model, int position)
    {
        var list = EnclosingList(model.SyntaxTree.GetRoot(), position);
        if (list is null) return null;
        var (called, current) = Candidates(model, list);
        ISymbol[] candidates = [.. called.Where(s => s.CanBeReferencedByName || s is IMethodSymbol { MethodKind: not MethodKind.Ordinary } or IPropertySymbol)
            .OrderBy(s => Parameters(s).Length)];
        if (candidates.Length == 0) return null;

        var separators = list.ChildTokens().Where(t => t.IsKind(SyntaxKind.CommaToken)).ToArray();
        var argument = separators.Count(t => t.SpanStart < position);
        var written = separators.Length + (list.ChildNodes().Any() ? 1 : 0);
        var active = current is null ? -1 : Array.FindIndex(candidates, s => SymbolEqualityComparer.Default.Equals(s, current));
        // The compiler's choice counts only as long as the parameter being written is one of its.
        if (active < 0 || !Accepts(candidates[active], Math.Max(written, argument + 1))) active = Array.FindIndex(candidates, s => Accepts(s, Math.Max(written, argument + 1)));
        if (active < 0) active = candidates.Length - 1;
        return new Signatures([.. candidates.Select(s => Describe(s, model, position))], active, ParameterAt(list, candidates[active], argument));
    }

    /// <summary>What the arguments of a list can be named.</summary>
    public static IEnumerable<IParameterSymbol> ParametersOf(SemanticModel model, SyntaxNode list) => Candidates(model, list).All.SelectMany(s => Parameters(s)).DistinctBy(p => p.Name);

    private static SyntaxNode? EnclosingList(SyntaxNode root, int position)
    {
        if (root.FullSpan.IsEmpty) return null;
        var token = root.FindToken(Math.Clamp(position - 1, 0, root.FullSpan.End - 1));
        if (token.SpanStart >= position) token = token.GetPreviousToken();
        for (var node = token.Parent; node is not null; node = node.Parent)
        {
            if (node is BaseArgumentListSyntax or AttributeArgumentListSyntax && node.SpanStart < position && !IsClosedBefore(node, position)) return node;
            if (node is BlockSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax) return null; // A list around a lambda is not what is being written.
        }

        return null;
    }

    private static bool IsClosedBefore(SyntaxNode list, int position) =>
        list.GetLastToken(includeZeroWidth: true) is { IsMissing: false } last
        && (last.IsKind(SyntaxKind.CloseParenToken) || last.IsKind(SyntaxKind.CloseBracketToken)) && last.SpanStart < position;

    private static (IEnumerable<ISymbol> All, ISymbol? Current) Candidates(SemanticModel model, SyntaxNode list) => list.Parent switch
    {
        InvocationExpressionSyntax call when model.GetMemberGroup(call.Expression) is { Length: > 0 } group => (Visible(model, list, group), model.GetSymbolInfo(call).Symbol),
        InvocationExpressionSyntax call when model.GetTypeInfo(call.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => ([invoke], invoke),
        BaseObjectCreationExpressionSyntax creation when model.GetTypeInfo(creation).Type is INamedTypeSymbol type =>
            (Visible(model, list, type.InstanceConstructors), model.GetSymbolInfo(creation).Symbol),
        ConstructorInitializerSyntax initializer when model.GetMemberGroup(initializer) is { Length: > 0 } group => (Visible(model, list, group), model.GetSymbolInfo(initializer).Symbol),
        PrimaryConstructorBaseTypeSyntax primary when model.GetTypeInfo(primary.Type).Type is INamedTypeSymbol type =>
            (Visible(model, list, type.InstanceConstructors), model.GetSymbolInfo(primary).Symbol),
        AttributeSyntax attribute when model.GetTypeInfo(attribute).Type is INamedTypeSymbol type => (Visible(model, list, type.InstanceConstructors), model.GetSymbolInfo(attribute).Symbol),
        ElementAccessExpressionSyntax access when model.GetTypeInfo(access.Expression).Type is { } type => (Indexers(type), model.GetSymbolInfo(access).Symbol),
        _ => ([], null),
    };

    private static IEnumerable<ISymbol> Visible(SemanticModel model, SyntaxNode at, IEnumerable<ISymbol> symbols) => symbols.Where(s => model.IsAccessible(at.SpanStart, s));

    private static IEnumerable<ISymbol> Indexers(ITypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
            foreach (var indexer in t.GetMembers().OfType<IPropertySymbol>().Where(p => p.IsIndexer && p.DeclaredAccessibility == Accessibility.Public)) yield return indexer;
    }

    private static bool Accepts(ISymbol symbol, int arguments) => Parameters(symbol) is var parameters
        && (arguments <= parameters.Length || parameters.LastOrDefault()?.IsParams == true);

    private static System.Collections.Immutable.ImmutableArray<IParameterSymbol> Parameters(ISymbol symbol) =>
        symbol switch { IMethodSymbol method => method.Parameters, IPropertySymbol property => property.Parameters, _ => [] };

    private static int ParameterAt(SyntaxNode list, ISymbol symbol, int argument)
    {
        var parameters = Parameters(symbol);
        var name = (list.ChildNodes().ElementAtOrDefault(argument) as ArgumentSyntax)?.NameColon?.Name.Identifier.ValueText;
        var named = name is null ? -1 : parameters.ToList().FindIndex(p => p.Name == name);
        return named >= 0 ? named : Math.Max(0, Math.Min(argument, parameters.Length - 1));
    }

    private static SignatureInformation Describe(ISymbol symbol, SemanticModel model, int position)
    {
        var documentation = SymbolDocumentation.Of(symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol);
        return new SignatureInformation(
            symbol.ToMinimalDisplayString(model, position, symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? Constructor : SymbolDisplayFormat.MinimallyQualifiedFormat),
            new FormattedValue(MarkdownType, documentation.Summary),
            [.. Parameters(symbol).Select(p => new ParameterInformation(p.Name,
                new FormattedValue(MarkdownType, documentation.Parameter(p.Name) is { Length: > 0 } text ? $"**{p.Name}**: {text}" : "")))]);
    }
}
