using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace FedNotebook.Magic;

/// <summary><c>#!worker NAME [NAME...]</c>: <c>var bob = sy.VirtualWorker("bob");</c> for each name.</summary>
internal sealed class WorkerMagic : KernelDirectiveCommand
{
    private static readonly Argument name = new("#!worker", "NAME");

    [JsonPropertyName("name"), JsonConverter(typeof(Words))]
    public string[] Names { get; set; } = [];

    internal static KernelActionDirective Directive(Completions completions) =>
        new(name.Command, "Makes workers, each a variable: #!worker bob alice is var bob = sy.VirtualWorker(\"bob\"); and the same for alice.")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--name", "The id of a worker; several stand one after another. The one that has the id already is the same one.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.Workers),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        if (Names.Length == 0) throw name.Error("a worker needs a name, such as bob.");
        var ids = new Dictionary<string, string>();
        foreach (var id in Names)
        {
            if (string.IsNullOrWhiteSpace(id)) throw name.Error("a worker needs a name, such as bob.");
            if (sy.local_worker.get_worker(id) is { } other and not VirtualWorker)
                throw name.Error($"{DirectiveText.Of(id)} is a {Variables.Name(other.GetType())} already, and cannot become a VirtualWorker.");
            var variable = KnownWorkers.VariableOf(id);
            if (ids.TryGetValue(variable, out var first))
                throw name.Error(first == id ? $"{DirectiveText.Of(id)} is named more than once; name each worker once."
                    : $"{DirectiveText.Of(first)} and {DirectiveText.Of(id)} would both be the variable {variable}. Make one of them in C#: var other = sy.VirtualWorker({CSharpName.Quote(id)});");
            ids.Add(variable, id);
        }

        return ids.Select(pair => new Statement($"sy.VirtualWorker({CSharpName.Quote(pair.Value)})", pair.Key,
            pair.Key == pair.Value ? null : $"{CSharpName.Quote(pair.Value)} is not a name that C# allows; the variable is {pair.Key}."));
    }
}
