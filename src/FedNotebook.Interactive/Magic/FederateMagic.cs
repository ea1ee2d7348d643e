using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using TorchSharp;

namespace FedNotebook.Magic;

/// <summary><c>#!federate data --to bob --to alice</c>: <c>var federated_train_loader = sy.FederatedDataLoader(data.federate(bob, alice));</c></summary>
internal sealed class FederateMagic : KernelDirectiveCommand
{
    private const string Command = "#!federate", Loader = "federated_train_loader";

    [JsonPropertyName("dataset"), JsonConverter(typeof(Words))]
    public string[] Datasets { get; set; } = [];

    [JsonConverter(typeof(Words))]
    public string[] To { get; set; } = [];

    [JsonConverter(typeof(Word))]
    public string? BatchSize { get; set; }

    public bool Shuffle { get; set; }

    [JsonConverter(typeof(Word))]
    public string? Seed { get; set; }

    [JsonConverter(typeof(Word))]
    public string? As { get; set; }

    internal static KernelActionDirective Directive(Completions completions) =>
        new(Command, "Shares a data set among workers and makes its loader: #!federate data --to bob --to alice is var federated_train_loader = sy.FederatedDataLoader(data.federate(bob, alice));")
        {
            Parameters =
            {
                new KernelDirectiveParameter("--dataset", "The variable of the data set.")
                {
                    AllowImplicitName = true, Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.VariablesThat(IsFit)),
                new KernelDirectiveParameter("--to", "A worker who gets a share: --to bob --to alice.")
                {
                    Required = true, MaxOccurrences = int.MaxValue,
                }.AddCompletions(completions.Workers),
                new KernelDirectiveParameter("--batch-size", "The number of items in a batch; 8 where left out."),
                new KernelDirectiveParameter("--shuffle", "Each epoch mixes the items of a worker anew.") { Flag = true },
                new KernelDirectiveParameter("--seed", "A whole number that makes the shuffling repeatable."),
                new KernelDirectiveParameter("--as", $"The variable of the loader; {Loader} where left out."),
            },
        };

    internal IEnumerable<Statement> Statements(Variables variables)
    {
        var argument = new Argument(Command, "DATASET");
        var (variable, _) = variables.Find(argument, argument.One(Datasets, KnownWorkers.Several), IsFit, "a data set of data and targets, such as sy.BaseDataset(data, targets),", "shared");
        var workers = new KnownWorkers(variables).Mention(new(Command, "--to"), To);
        var options = "";
        if (BatchSize is not null) options += $", batch_size: {Number(new(Command, "--batch-size"), BatchSize, 1)}";
        if (Shuffle) options += ", shuffle: true";
        if (Seed is not null) options += $", seed: {Number(new(Command, "--seed"), Seed, int.MinValue)}";
        yield return new Statement(
            $"sy.FederatedDataLoader({variable.Code}.federate({string.Join(", ", workers)}){options})",
            CSharpName.Check(new(Command, "--as"), As ?? Loader, [variable.Name, .. workers]));
    }

    private static bool IsFit(Type type) => typeof(torch.utils.data.IterableDataset).IsAssignableFrom(type) || typeof(torch.utils.data.Dataset).IsAssignableFrom(type);

    private static string Number(Argument argument, string text, int least) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw argument.Error($"this is a whole number from {least} to {int.MaxValue}; it cannot be {CSharpName.Quote(text)}.");
}
