using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Microsoft.DotNet.Interactive.CSharp.Extending;

/// <summary>
/// Extension methods in a static class of a cell. All that a cell declares lies in a class of its own, and the compiler wants
/// the classes of extension methods to lie in none; but it lets a cell itself have them. So the class keeps its methods, as
/// ordinary ones, and the cell gets extension methods that call them. A later cell can declare them anew, as it can all else.
/// </summary>
internal static class ExtensionMethods
{
    private const string Mark = "System.Runtime.CompilerServices.CompilerGenerated";

    /// <summary>The cell's text with every line and, before the end of such a class, every column where it was.</summary>
    public static string Lift(string code, SyntaxTree tree)
    {
        var changed = new StringBuilder(code);
        foreach (var type in ((CompilationUnitSyntax)tree.GetRoot()).Members.OfType<ClassDeclarationSyntax>().Where(IsOfExtensions).Reverse())
        {
            var methods = Of(type).ToList();
            changed.Insert(type.Span.End, string.Concat(methods.Select(method => Call(type, method))));
            foreach (var method in Enumerable.Reverse(methods))
            {
                var first = This(method);
                changed.Remove(first.SpanStart, first.Span.Length).Insert(first.SpanStart, "    ");
                Open(method, changed);
            }
        }

        return changed.ToString();
    }

    /// <summary>Whether a place in a cell is one that its author has not written.</summary>
    public static bool HasMade(SyntaxNode node) => node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().Any(method => method.AttributeLists.Any(list => list.ToString().Contains(Mark)));

    private static bool IsOfExtensions(ClassDeclarationSyntax type) =>
        type is { TypeParameterList: null, CloseBraceToken.IsMissing: false } && type.Modifiers.Any(SyntaxKind.StaticKeyword) && Of(type).Any();

    private static IEnumerable<MethodDeclarationSyntax> Of(ClassDeclarationSyntax type) =>
        type.Members.OfType<MethodDeclarationSyntax>().Where(method => This(method) != default && method.Modifiers.Any(SyntaxKind.StaticKeyword) && !method.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static SyntaxToken This(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.ThisKeyword)) ?? default;

    // The calls come from outside the class.
    private static void Open(MethodDeclarationSyntax method, StringBuilder code)
    {
        var access = method.Modifiers.FirstOrDefault(m => m.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword);
        if (access.IsKind(SyntaxKind.PrivateKeyword)) code.Remove(access.SpanStart, access.Span.Length).Insert(access.SpanStart, "internal");
        else if (access == default) code.Insert(method.Modifiers[0].SpanStart, "internal ");
    }

    private static string Call(ClassDeclarationSyntax type, MethodDeclarationSyntax method)
    {
        var isUnsafe = method.Modifiers.Concat(type.Modifiers).Any(m => m.IsKind(SyntaxKind.UnsafeKeyword)) ? "unsafe " : "";
        var generic = method.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(p => p.Identifier.Text))}>" : "";
        var arguments = string.Join(", ", method.ParameterList.Parameters.Select(p => Passing(p) + p.Identifier.Text));
        var result = method.ReturnType is RefTypeSyntax ? "ref " : "";
        return $" [{Mark}] static {isUnsafe}{OneLine(method.ReturnType)} {method.Identifier.Text}{OneLine(method.TypeParameterList)}{OneLine(method.ParameterList)}"
            + $" {string.Join(' ', method.ConstraintClauses.Select(OneLine))} => {result}{type.Identifier.Text}.{method.Identifier.Text}{generic}({arguments});";
    }

    private static string Passing(ParameterSyntax parameter) =>
        parameter.Modifiers.Any(SyntaxKind.OutKeyword) ? "out "
        : parameter.Modifiers.Any(SyntaxKind.InKeyword) || parameter.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) ? "in "
        : parameter.Modifiers.Any(SyntaxKind.RefKeyword) ? "ref " : "";

    private static string OneLine(SyntaxNode? node) => node is null ? "" : string.Join(' ', node.DescendantTokens().Select(token => token.Text));
}
