using System.Globalization;

namespace FedNotebook;

/// <summary>
/// The settings of a training that its numbers follow from, as texts by name. With other ones a training cannot go on as if nothing had happened. The optimizer is not among
/// them: it is made by a function, which cannot be compared.
/// </summary>
internal static class CheckpointSettings
{
    private const string Strategy = "strategy", Clients = "clients", Items = "items", Data = "data";

    public static IReadOnlyDictionary<string, string> Of(FederatedTrainerOptions options, ClientPool clients) => new Dictionary<string, string>
    {
        [Strategy] = options.Strategy.ToString(),
        [Clients] = Text(clients.Count),
        [Items] = Text(Enumerable.Range(0, clients.Count).Sum(clients.Rows)),
        ["clients a round"] = Text(Chosen.Number(clients, options)),
        [nameof(options.LocalEpochs)] = Text(options.LocalEpochs),
        [nameof(options.BatchSize)] = Text(options.BatchSize),
        [nameof(options.Shuffle)] = options.Shuffle.ToString(),
        [nameof(options.DropLast)] = options.DropLast.ToString(),
        [Data] = clients.Digest,
        [nameof(options.Stragglers)] = options.Stragglers.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>What the first difference is, in words; null where there is none.</summary>
    public static string? Difference(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> asked)
    {
        foreach (var (name, now) in asked)
        {
            var then = saved.GetValueOrDefault(name, "nothing");
            if (then == now) continue;
            return name switch
            {
                Strategy => $"another strategy: {then}, not {now}",
                Data => "other data, or data that were divided otherwise among the clients",
                Clients or Items => $"{then} {name}, not {now}",
                _ => $"{name} = {then}, not {now}",
            };
        }

        return null;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
