using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace FedNotebook.Magic;

/// <summary><c>#!objects bob</c>: <c>bob._objects</c>; without a worker the objects of all.</summary>
internal sealed class ObjectsMagic : KernelDirectiveCommand
{
    private const string Command = "#!objects";

    [JsonPropertyName("worker"), JsonConverter(typeof(Words))]
    public string[]? Workers { get; set; }

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Shows what a worker holds: #!objects bob is bob._objects. Without a worker: what each of them holds.")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--worker", "The worker; all of them where left out.") { AllowImplicitName = true, MaxOccurrences = int.MaxValue }.AddCompletions(completions.Workers),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        if (Workers is null) return [new Statement($"{WorkersMagic.All}.ToDictionary(known => known.Key, known => known.Value._objects)")];
        var argument = new Argument(Command, "WORKER");
        var worker = new KnownWorkers(variables).Mention(argument, [argument.One(Workers)]).Single();
        return [new Statement($"{worker}._objects")];
    }
}
