using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using TorchSharp;

namespace FedNotebook.Magic;

/// <summary><c>#!move x_ptr --to alice</c>: <c>x_ptr.move(alice)</c></summary>
internal sealed class MoveMagic : KernelDirectiveCommand
{
    private const string Command = "#!move";

    [JsonPropertyName("pointer"), JsonConverter(typeof(Words))]
    public string[] Pointers { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string To { get; set; } = "";

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Has one worker give another what a pointer points to, or a model: #!move x_ptr --to alice is x_ptr.move(alice)")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--pointer", "The variable of the pointer, or of the model; it points to the new place afterwards.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.VariablesThat(IsFit)),
                new KernelDirectiveParameter("--to", "The worker who gets it.") { Required = true }.AddCompletions(completions.Workers),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        var argument = new Argument(Command, "POINTER");
        var (variable, _) = variables.Find(argument, argument.One(Pointers), IsFit, "a pointer to one worker, or a model at a worker,", "moved");
        var worker = new KnownWorkers(variables).Mention(new(Command, "--to"), [To]).Single();
        yield return new Statement($"{variable.Code}.move({worker})");
    }

    private static bool IsFit(Type type) =>
        (typeof(ObjectPointer).IsAssignableFrom(type) && type != typeof(ObjectPointer)) || typeof(torch.nn.Module).IsAssignableFrom(type);
}
