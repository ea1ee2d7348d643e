using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using TorchSharp;

namespace FedNotebook.Magic;

/// <summary><c>#!send x --to bob</c>: <c>var x_ptr = x.send(bob);</c></summary>
internal sealed class SendMagic : KernelDirectiveCommand
{
    private const string Command = "#!send";

    [JsonPropertyName("variable"), JsonConverter(typeof(Words))]
    public string[] Names { get; set; } = [];

    [JsonConverter(typeof(Words))]
    public string[] To { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string? As { get; set; }

    [JsonConverter(typeof(Words))]
    public string[] Tag { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string? Describe { get; set; }

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Sends a tensor, pointer, data set or model to workers: #!send x --to bob is var x_ptr = x.send(bob);")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--variable", "The variable whose value is sent.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.VariablesThat(IsFit)),
                new KernelDirectiveParameter("--to", "The worker who gets it. A tensor can go to several: --to bob --to alice.")
                {
                    Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.Workers),
                new KernelDirectiveParameter("--as", "The variable of the pointer; x_ptr where left out, pointer_to_x_ptr for a pointer, and none for a model."),
                new KernelDirectiveParameter("--tag", "A tag by which a search finds the tensor: --tag #fun --tag #mnist.")
                {
                    MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.Tags),
                new KernelDirectiveParameter("--describe", "A description of the tensor, in quotes: --describe \"Ages in years\"."),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        var argument = new Argument(Command, "VARIABLE");
        var (variable, value) = variables.Find(argument, argument.One(Names, KnownWorkers.Several), IsFit, "a tensor, a pointer, a data set or a model", "sent");
        var workers = new KnownWorkers(variables).Mention(new(Command, "--to"), To);
        if (value is torch.Tensor tensor) Check(variable, tensor);
        else CheckOnly(variable);

        var text = variable.Code;
        if (Tag.Length > 0) text += $".tag({string.Join(", ", Tag.Select(CSharpName.Quote))})";
        if (Describe is not null) text += $".describe({CSharpName.Quote(Describe)})";
        yield return new Statement($"{text}.send({string.Join(", ", workers)})", Result(variable, [variable.Name, .. workers]));
    }

    private static bool IsFit(Type type) => typeof(torch.Tensor).IsAssignableFrom(type) || IsPointer(type)
        || typeof(BaseDataset).IsAssignableFrom(type) || typeof(torch.nn.Module).IsAssignableFrom(type);

    private static bool IsPointer(Type type) => typeof(ObjectPointer).IsAssignableFrom(type) && type != typeof(ObjectPointer);

    private string? Result(Variable variable, IEnumerable<string> used)
    {
        if (As is not null) return CSharpName.Check(new(Command, "--as"), As, used);
        if (typeof(torch.nn.Module).IsAssignableFrom(variable.Type)) return null;
        return CSharpName.Check(new(Command, "--as"), IsPointer(variable.Type) ? $"pointer_to_{variable.Name}" : $"{variable.Name}_ptr", used);
    }

    // Before anything is done to the tensor: a tag stays where the sending failed.
    private void Check(Variable variable, torch.Tensor tensor)
    {
        if (tensor.IsInvalid) throw new Argument(Command, "VARIABLE").Error($"{variable.Name} was disposed: it has no values that could be sent.");
        if (!tensor.allow(null)) throw new MagicException(new SendNotPermittedError(To[0], null));
        if (Tag.Any(string.IsNullOrWhiteSpace)) throw new Argument(Command, "--tag").Error("a tag is a word such as #fun; one of these is empty.");
    }

    private void CheckOnly(Variable variable)
    {
        var what = $"{variable.Name} is of the type {Variables.Name(variable.Type)}";
        if (To.Length > 1) throw new Argument(Command, "--to").Error($"only a tensor can go to several workers; {what}.");
        if (Tag.Length > 0) throw new Argument(Command, "--tag").Error($"only a tensor has tags; {what}.");
        if (Describe is not null) throw new Argument(Command, "--describe").Error($"only a tensor has a description; {what}.");
    }
}
