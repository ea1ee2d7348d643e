using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>What the name at a place in a cell stands for: its declaration, and its documentation.</summary>
/// <param name="Declaration">A line of C#.</param>
/// <param name="Documentation">Markdown; empty when there is none.</param>
/// <param name="Span">The name.</param>
internal sealed record Hover(string Declaration, string Documentation, TextSpan Span)
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeOptionalBrackets)
        .WithLocalOptions(SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static Hover? At(SemanticModel model, int position)
    {
        var token = TokenAt(model.SyntaxTree.GetRoot(), position);
        if (token.Parent is null || token.Span.IsEmpty) return null;
        if (SymbolOf(model, token, out var overloads) is not { } symbol) return null;
        var declaration = Declare(symbol, model, position) + (overloads > 0 ? $" (+ {overloads} overload{(overloads == 1 ? "" : "s")})" : "");
        return new Hover(declaration, Describe(symbol), token.Span);
    }

    public string Markdown => $"```csharp\n{Declaration}\n```" + (Documentation.Length > 0 ? "\n\n" + Documentation : "");

    public string PlainText => Declaration + (Documentation.Length > 0 ? "\n\n" + Documentation.Replace("`", "").Replace("**", "") : "");

    // The name that the cursor is in, or behind.
    private static SyntaxToken TokenAt(SyntaxNode root, int position)
    {
        if (root.FullSpan.IsEmpty) return default;
        var token = root.FindToken(Math.Clamp(position, 0, root.FullSpan.End - 1));
        if (token.Span.IntersectsWith(position) && (IsName(token) || token.SpanStart < position)) return token;
        var before = token.GetPreviousToken();
        return before.Span.End == position && IsName(before) ? before : token.Span.IntersectsWith(position) ? token : default;
    }

    private static bool IsName(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword() || token.Parent is LiteralExpressionSyntax;

    private static ISymbol? SymbolOf(SemanticModel model, SyntaxToken token, out int overloads)
    {
        overloads = 0;
        var node = token.Parent!;
        if (token.IsKind(SyntaxKind.IdentifierToken) && model.GetDeclaredSymbol(node) is { } declared) return declared;
        if (node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax) return model.GetDeclaredSymbol(node);
        if (token.IsKind(SyntaxKind.AwaitKeyword) && node is AwaitExpressionSyntax wait) return model.GetTypeInfo(wait).Type;
        if (node is LiteralExpressionSyntax or PredefinedTypeSyntax or InterpolatedStringExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax)
            return model.GetTypeInfo(node).Type ?? model.GetSymbolInfo(node).Symbol;
        if (token.IsKind(SyntaxKind.NewKeyword) && node is BaseObjectCreationExpressionSyntax) return Resolve(model.GetSymbolInfo(node));
        if (!token.IsKind(SyntaxKind.IdentifierToken)) return node is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax ? model.GetSymbolInfo(node).Symbol : null;

        // `new Point(1, 2)` shows the constructor that is called.
        SyntaxNode name = node.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax && ((NameSyntax)node.Parent) is var q && q.DescendantTokens().Last() == token ? q : node;
        if (name.Parent is ObjectCreationExpressionSyntax creation && creation.Type == name && Resolve(model.GetSymbolInfo(creation)) is IMethodSymbol constructor)
        {
            overloads = constructor.ContainingType.InstanceConstructors.Count(c => c.DeclaredAccessibility == Accessibility.Public) - 1;
            return constructor;
        }

        var symbol = Resolve(model.GetSymbolInfo(node));
        if (symbol is IMethodSymbol method)
            overloads = method.IsExtensionMethod && method.ReducedFrom is not null ? model.GetMemberGroup(node).Length - 1
                : (method.ContainingType?.GetMembers(method.Name).OfType<IMethodSymbol>().Count(m => m.IsStatic == method.IsStatic && m.DeclaredAccessibility >= method.DeclaredAccessibility) ?? 1) - 1;
        overloads = Math.Max(0, overloads);
        return symbol ?? model.GetTypeInfo(node).Type switch { { TypeKind: not TypeKind.Error } type => type, _ => null };
    }

    private static ISymbol? Resolve(SymbolInfo info) => info.Symbol ?? info.CandidateSymbols.FirstOrDefault();

    private static string Declare(ISymbol symbol, SemanticModel model, int position)
    {
        var kind = symbol switch
        {
            ILocalSymbol { IsConst: true } => "(local constant) ",
            ILocalSymbol => "(local variable) ",
            IParameterSymbol => "(parameter) ",
            IRangeVariableSymbol => "(range variable) ",
            IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "(enum member) ",
            IFieldSymbol { IsConst: true } => "(constant) ",
            IFieldSymbol => "(field) ",
            IMethodSymbol { MethodKind: MethodKind.ReducedExtension } or IMethodSymbol { IsExtensionMethod: true } => "(extension) ",
            ITypeParameterSymbol => "(type parameter) ",
            IAliasSymbol => "(alias) ",
            INamespaceSymbol => "namespace ",
            _ => "",
        };
        if (symbol is INamedTypeSymbol { IsAnonymousType: false } type) return TypeDeclaration(type);
        if (symbol is IRangeVariableSymbol or ILabelSymbol) return kind + symbol.Name;
        var text = symbol.ToMinimalDisplayString(model, position, Format);
        if (symbol is IPropertySymbol property)
            text += $" {{ {(property.GetMethod is null ? "" : "get; ")}{(property.SetMethod is null ? "" : property.SetMethod.IsInitOnly ? "init; " : "set; ")}}}";
        return kind + text;
    }

    private static string TypeDeclaration(INamedTypeSymbol type)
    {
        var text = new StringBuilder();
        if (type.IsStatic) text.Append("static ");
        if (type.IsAbstract && type.TypeKind == TypeKind.Class && !type.IsStatic) text.Append("abstract ");
        if (type.IsSealed && type.TypeKind == TypeKind.Class && !type.IsStatic) text.Append("sealed ");
        if (type.IsReadOnly) text.Append("readonly ");
        if (type.IsRefLikeType) text.Append("ref ");
        if (type.TypeKind == TypeKind.Delegate && type.DelegateInvokeMethod is { } invoke)
            return text.Append("delegate ").Append(invoke.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)).Append(' ').Append(Qualified(type))
                .Append('(').AppendJoin(", ", invoke.Parameters.Select(p => p.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))).Append(')').ToString();
        text.Append(type switch
        {
            { IsTupleType: true } => "",
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct ",
            { IsRecord: true } => "record ",
            _ => type.TypeKind.ToString().ToLowerInvariant() + " ",
        });
        return text.Append(Qualified(type)).ToString();
    }

    // The keyword would hide what an int is.
    private static string Qualified(INamedTypeSymbol type) => type.SpecialType != SpecialType.None && !type.IsGenericType
        ? $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}"
        : type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static string Describe(ISymbol symbol)
    {
        if (symbol is IParameterSymbol { ContainingSymbol: { } owner }) return SymbolDocumentation.Of(owner).Parameter(symbol.Name);
        if (symbol is ILocalSymbol or IRangeVariableSymbol or ILabelSymbol) return "";
        var documentation = SymbolDocumentation.Of(symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol);
        var parts = new List<string>();
        if (documentation.Summary.Length > 0) parts.Add(documentation.Summary);
        var parameters = symbol switch { IMethodSymbol m => m.Parameters, IPropertySymbol p => p.Parameters, _ => [] };
        foreach (var parameter in parameters)
            if (documentation.Parameter(parameter.Name) is { Length: > 0 } text) parts.Add($"**{parameter.Name}**: {text}");
        if (documentation.Returns.Length > 0) parts.Add($"**Returns:** {documentation.Returns}");
        foreach (var (name, text) in documentation.Exceptions) parts.Add($"**{name}**: {text}");
        return string.Join("\n\n", parts);
    }
}
