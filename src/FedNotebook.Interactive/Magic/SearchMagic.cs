using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace FedNotebook.Magic;

/// <summary><c>#!search #boston --grid grid</c>: <c>var results = grid.search("#boston");</c></summary>
internal sealed class SearchMagic : KernelDirectiveCommand
{
    private const string Command = "#!search", Results = "results";

    [JsonPropertyName("tag"), JsonConverter(typeof(Words))]
    public string[] Tags { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string? Grid { get; set; }

    [JsonConverter(typeof(Word))]
    public string? As { get; set; }

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Finds the tensors that have all of these tags: #!search #boston #data --grid grid is var results = grid.search(\"#boston\", \"#data\");")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--tag", "A tag, an id, or words of the description; several stand one after another, and all must match.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.Tags),
                new KernelDirectiveParameter("--grid", "The variable of the grid that is searched; every known worker where left out.")
                    .AddCompletions(completions.VariablesThat(IsFit)),
                new KernelDirectiveParameter("--as", $"The variable of what is found; {Results} where left out."),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        if (Tags.Length == 0 || Tags.Any(string.IsNullOrWhiteSpace))
            throw new Argument(Command, "TAG").Error("this is a tag such as #boston, an id, or words of the description; one of these is empty.");
        var grid = Grid is null ? null : variables.Find(new(Command, "--grid"), Grid, IsFit, "a grid, such as sy.PrivateGridNetwork(bob, alice),", "searched").Variable;
        yield return new Statement(
            $"{grid?.Code ?? $"sy.PrivateGridNetwork({WorkersMagic.All}.Values)"}.search({string.Join(", ", Tags.Select(CSharpName.Quote))})",
            CSharpName.Check(new(Command, "--as"), As ?? Results, grid?.Name ?? ""));
    }

    private static bool IsFit(Type type) => type == typeof(PrivateGridNetwork) || type == typeof(VirtualGrid);
}
