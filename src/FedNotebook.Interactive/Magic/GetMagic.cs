using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using TorchSharp;

namespace FedNotebook.Magic;

/// <summary><c>#!get x_ptr</c>: <c>var x = x_ptr.get();</c></summary>
internal sealed class GetMagic : KernelDirectiveCommand
{
    private const string Command = "#!get", Suffix = "_ptr", Prefix = "pointer_to_";

    [JsonPropertyName("pointer"), JsonConverter(typeof(Words))]
    public string[] Pointers { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string? As { get; set; }

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Takes home what a pointer points to, or a model that is away: #!get x_ptr is var x = x_ptr.get();")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--pointer", "The variable of the pointer, or of the model.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.VariablesThat(IsFit)),
                new KernelDirectiveParameter("--as", "The variable of what comes home; x for x_ptr, loss_value for loss where left out, and none for a model."),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        var argument = new Argument(Command, "POINTER");
        var (variable, value) = variables.Find(argument, argument.One(Pointers), IsFit, "a pointer, or a data set or a model at a worker,", "got");
        CheckAllThere(value);
        yield return new Statement($"{variable.Code}.get()", Result(variable));
    }

    private static bool IsFit(Type type) => (typeof(ObjectPointer).IsAssignableFrom(type) && type != typeof(ObjectPointer))
        || type == typeof(MultiPointerTensor) || type == typeof(PointerDataset) || typeof(torch.nn.Module).IsAssignableFrom(type);

    private string? Result(Variable variable)
    {
        var name = variable.Name;
        if (As is not null) return CSharpName.Check(new(Command, "--as"), As, name);
        if (typeof(torch.nn.Module).IsAssignableFrom(variable.Type)) return null;
        if (name.StartsWith(Prefix, StringComparison.Ordinal)) name = name[Prefix.Length..];
        else if (name.EndsWith(Suffix, StringComparison.Ordinal)) name = name[..^Suffix.Length];
        else name += "_value";
        return CSharpName.Check(new(Command, "--as"), CSharpName.Nearest(name, "result"), variable.Name);
    }

    /// <summary>Several objects come one after another: where the last cannot, the first shall not have come.</summary>
    private static void CheckAllThere(object value)
    {
        IEnumerable<PointerTensor> parts = value switch
        {
            MultiPointerTensor pointers => pointers,
            PointerDataset dataset => [dataset.data, dataset.targets],
            _ => [],
        };
        foreach (var part in parts)
        {
            if (!part.location._objects.TryGetValue(part.id_at_location, out var held))
                throw new MagicException(new ObjectNotFoundError(part.id_at_location, part.location.id));
            if (held is PrivateTensor) throw new MagicException(new GetNotPermittedError(part.id_at_location, part.location.id, null));
        }
    }
}
