using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.CSharp.Editing;

/// <summary>What the documentation comment of a symbol says, as Markdown.</summary>
internal sealed partial class SymbolDocumentation
{
    private readonly XElement? root;

    private SymbolDocumentation(XElement? root) => this.root = root;

    public static SymbolDocumentation Of(ISymbol symbol) => new(Read(symbol, depth: 0));

    public string Summary => Text(root?.Element("summary"));

    public string Returns => Text(root?.Element("returns") ?? root?.Element("value"));

    public string Remarks => Text(root?.Element("remarks"));

    public IEnumerable<(string Name, string Text)> Exceptions =>
        root?.Elements("exception").Select(e => (ShortName((string?)e.Attribute("cref")), Text(e))) ?? [];

    public string Parameter(string name) =>
        Text(root?.Elements().FirstOrDefault(e => e.Name.LocalName is "param" or "typeparam" && (string?)e.Attribute("name") == name));

    private static XElement? Read(ISymbol symbol, int depth)
    {
        var xml = symbol.OriginalDefinition.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml) && symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { IsRecord: true } record }) return Read(record, depth);
        if (string.IsNullOrWhiteSpace(xml)) return Inherited(symbol) is { } above && depth < 8 ? Read(above, depth + 1) : null;
        XElement root;
        try
        {
            root = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null; // A comment of a cell may be anything.
        }

        return root.Element("inheritdoc") is null || depth >= 8 || Inherited(symbol) is not { } origin ? root : Read(origin, depth + 1);
    }

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } type } => type,
        { ContainingType: { } type } => type.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol)),
        _ => null,
    };

    private static string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (var node in element.Nodes()) Write(node, text);
        return TooManyLines().Replace(string.Join('\n', text.ToString().Split('\n').Select(line => line.Trim())), "\n\n").Trim();
    }

    private static void Write(XNode node, StringBuilder text)
    {
        if (node is XText plain) text.Append(Spaces().Replace(plain.Value, " "));
        if (node is not XElement element) return;
        switch (element.Name.LocalName)
        {
            case "see" or "seealso" when element.Attribute("cref") is { } cref && element.IsEmpty: text.Append('`').Append(ShortName(cref.Value)).Append('`'); break;
            case "see" when element.Attribute("langword") is { } word: text.Append('`').Append(word.Value).Append('`'); break;
            case "see" or "a" when element.Attribute("href") is { } link:
                text.Append('[').Append(element.IsEmpty ? link.Value : element.Value).Append("](").Append(link.Value).Append(')');
                break;
            case "paramref" or "typeparamref": text.Append('`').Append((string?)element.Attribute("name")).Append('`'); break;
            case "c": text.Append('`').Append(element.Value).Append('`'); break;
            case "code": text.Append("\n```csharp\n").Append(element.Value.Trim('\n')).Append("\n```\n"); break;
            case "para" or "list" or "listheader": Block("\n\n", "\n\n"); break;
            case "item": Block("\n- ", ""); break;
            case "br": text.Append('\n'); break;
            default: Block("", ""); break;
        }

        void Block(string before, string after)
        {
            text.Append(before);
            foreach (var child in element.Nodes()) Write(child, text);
            text.Append(after);
        }
    }

    // `M:System.String.Concat(System.String)` is String.Concat, `T:System.ArgumentNullException` ArgumentNullException.
    private static string ShortName(string? cref)
    {
        if (string.IsNullOrEmpty(cref)) return "";
        var name = Arity().Replace(cref.Split('(')[0], "");
        var kind = name.Length > 1 && name[1] == ':' ? name[0] : 'T';
        var parts = (name.Length > 1 && name[1] == ':' ? name[2..] : name).Split('.');
        return kind switch
        {
            'T' or '!' => parts[^1],
            'N' => string.Join('.', parts),
            _ when parts.Length > 1 => parts[^1] == "#ctor" ? parts[^2] : $"{parts[^2]}.{parts[^1]}",
            _ => parts[^1],
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex TooManyLines();

    [GeneratedRegex(@"``?\d+")]
    private static partial Regex Arity();
}
