namespace FedNotebook;

/// <summary>A client that was chosen for a round.</summary>
/// <param name="Client">Its number.</param>
/// <param name="Epochs">How many epochs it will manage.</param>
/// <param name="Excuse">Why it takes no part all the same; null when it does.</param>
internal readonly record struct Chosen(int Client, int Epochs, string? Excuse)
{
    /// <summary>How many clients are chosen in each round.</summary>
    public static int Number(ClientPool clients, FederatedTrainerOptions options) =>
        options.ClientsPerRound ?? Math.Max(1, (int)Math.Round(options.ClientFraction * clients.Count));

    /// <summary>Chooses the clients of a round, in the order of their numbers.</summary>
    public static Chosen[] For(int round, ClientPool clients, FederatedTrainerOptions options, int seed)
    {
        var random = TrainingSeed.Random(seed, round, -1);
        var wanted = Number(clients, options);
        var numbers = Sample(clients.Count, wanted, random);
        var slow = Sample(wanted, (int)Math.Round(options.Stragglers * wanted), random).ToHashSet();
        return [.. numbers.Select((client, i) =>
        {
            var epochs = slow.Contains(i) ? random.Next(1, options.LocalEpochs) : options.LocalEpochs;
            var excuse = clients.Rows(client) == 0 ? "it has no data"
                : epochs < options.LocalEpochs && !options.Strategy.AcceptsPartialWork ? $"it managed only {epochs} of {options.LocalEpochs} epochs" : null;
            return new Chosen(client, epochs, excuse);
        })];
    }

    /// <summary>Draws different numbers below <paramref name="count"/>, by Floyd's method (Bentley, Floyd, "A Sample of Brilliance", 1987), sorted.</summary>
    private static int[] Sample(int count, int wanted, Random random)
    {
        var drawn = new SortedSet<int>();
        for (var upper = count - wanted; upper < count; upper++)
        {
            var number = random.Next(upper + 1);
            if (!drawn.Add(number)) drawn.Add(upper);
        }

        return [.. drawn];
    }
}
