using FedNotebook.Kernel.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Running;

/// <summary>
/// The values of the command line as a cell of the notebook, as papermill writes it: behind the cell that is tagged <c>parameters</c>, of whose
/// variables they take the types. In a .dib, which has no tags, a cell is marked by a first line <c>// parameters</c>. Where no cell is marked, a value
/// comes behind the first cell that declares its variable, or before all others.
/// </summary>
internal static class ParameterCell
{
    private const string Tag = "parameters", InjectedTag = "injected-parameters";
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);

    /// <exception cref="UserErrorException">A value is not of the type that the notebook declares.</exception>
    public static void Insert(Notebook notebook, IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0) return;
        // A notebook that was run with parameters before has their cell still.
        var cells = notebook.Cells;
        foreach (var injected in cells.Where(cell => HasTag(cell, InjectedTag)).ToList()) cells.Remove(injected);
        var at = cells.ToList().FindIndex(cell => HasTag(cell, Tag));
        if (at < 0) at = cells.ToList().FindIndex(cell => cell.IsCode && IsMarked(cell.Text));
        var declared = cells.Select((cell, index) => at >= 0 ? index == at : cell.Language == Cells.CSharp)
            .Select((counts, index) => counts ? DeclaredTypes(cells[index].Text) : []).ToList();
        // The last one counts, as in most programs.
        var last = parameters.GroupBy(parameter => parameter.Name).Select(same => same.Last());
        var places = last.GroupBy(parameter => at >= 0 ? at : declared.FindIndex(types => types.ContainsKey(parameter.Name)));
        foreach (var place in places.OrderByDescending(place => place.Key).ToList())
        {
            var types = place.Key < 0 ? [] : declared[place.Key];
            var lines = place.Select(parameter => Declaration(parameter, types.GetValueOrDefault(parameter.Name)));
            cells.Insert(place.Key + 1, new("// Parameters\n" + string.Join('\n', lines), Cells.CSharp)
            {
                Id = InjectedTag, Metadata = new Dictionary<string, object> { ["tags"] = new List<object> { InjectedTag } },
            });
        }
    }

    private static string Declaration(Parameter parameter, (string Type, bool IsVar)? declared)
    {
        var looksLike = Literals.TypeOf(parameter.Value);
        var type = declared?.Type ?? looksLike;
        // `var rate = 1;` does not say that it must stay a whole number.
        if (declared is { IsVar: true, Type: "int" or "long" } && looksLike is "long" or "double") type = looksLike;
        if (Literals.Of(parameter.Value, type, out var isKnown) is { } literal) return $"{type} {parameter.Name} = {literal};";
        if (isKnown)
        {
            throw new UserErrorException($"--param {parameter.Name}={parameter.Value}: '{parameter.Name}' is of type {type} in the notebook, and '{parameter.Value}' is not.");
        }

        return $"{parameter.Name} = {Literals.Of(parameter.Value, looksLike, out _)};";
    }

    /// <summary>The types of the variables that a cell declares; that of a <c>var</c> is what its value looks like, or null.</summary>
    private static Dictionary<string, (string Type, bool IsVar)?> DeclaredTypes(string code)
    {
        var types = new Dictionary<string, (string Type, bool IsVar)?>();
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        foreach (var declaration in root.Members.OfType<FieldDeclarationSyntax>().Select(field => field.Declaration))
        {
            foreach (var variable in declaration.Variables)
            {
                var type = declaration.Type.IsVar ? TypeOf(variable.Initializer?.Value) : declaration.Type.ToString();
                types[variable.Identifier.ValueText] = type is null ? null : (type, declaration.Type.IsVar);
            }
        }

        return types;
    }

    private static string? TypeOf(ExpressionSyntax? value) =>
        value switch
        {
            PrefixUnaryExpressionSyntax { OperatorToken.RawKind: (int)SyntaxKind.MinusToken, Operand: var operand } => TypeOf(operand),
            InterpolatedStringExpressionSyntax => "string",
            LiteralExpressionSyntax literal => literal.Token.Value switch
            {
                int => "int", long => "long", uint => "uint", ulong => "ulong", double => "double", float => "float", decimal => "decimal",
                bool => "bool", string => "string", char => "char", _ => null,
            },
            _ => null,
        };

    private static bool HasTag(InteractiveDocumentElement cell, string tag) =>
        cell.Metadata is { } metadata && metadata.TryGetValue("tags", out var value) && value is IEnumerable<object> tags && tags.Contains(tag);

    private static bool IsMarked(string source) =>
        source.Split('\n')[0].Trim() is ['/', '/', .. var comment] && comment.Trim().Equals(Tag, StringComparison.OrdinalIgnoreCase);
}
