namespace FederatedBenchmark;

/// <summary>
/// 20 clients, 4 of them send sign-flipped updates: as they are, made longer, or flipped at each of their steps; the model 784-128-10, all clients in each round.
/// </summary>
internal static class Byzantine
{
    private const int Clients = 20, Bad = 4;

    private static readonly Strategy[] Strategies =
        [new FedAvg(), new Median(), new TrimmedMean(0.2), new Krum(Bad), new MultiKrum(Bad), new Bulyan(Bad), new GeometricMedian()];

    private static readonly (string what, Func<Strategy, Strategy> of)[] Attacks =
    [
        ("nobody bad", strategy => strategy),
        ("flipped", strategy => new SignFlips(strategy, Bad, 1)),
        ("flipped, 5 times as long", strategy => new SignFlips(strategy, Bad, 5)),
        ("each step flipped", strategy => new StepFlips(strategy, Bad)),
    ];

    public static async Task Report(Settings settings)
    {
        var images = Digits.Flat(settings);
        var rounds = settings.Rounds ?? 15;
        int[] after = rounds < 3 ? [rounds] : [rounds / 3, rounds];
        var clients = images.Train.federate(Clients, Partition.IID(seed: 1));
        Console.WriteLine($"Sign-flipped updates of {Bad} of {Clients} clients, {images.Name}, IID; accuracy in % after {string.Join(", ", after)} rounds (points below FedAvg without bad clients)");
        Console.WriteLine();
        Console.WriteLine($"| strategy |{string.Concat(from attack in Attacks from round in after select $" {attack.what}: {round} |")}");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", Attacks.Length * after.Length))}");
        double[]? honest = null;
        foreach (var strategy in Strategies)
        {
            var text = $"| {strategy.Name} |";
            foreach (var attack in Attacks)
            {
                var accuracies = await Train(images, clients, rounds, after, attack.of(strategy), attack.what);
                honest ??= accuracies;
                text += string.Concat(accuracies.Zip(honest, (now, best) => $" {now:F2} ({best - now:F2}) |"));
            }

            Console.WriteLine(text);
        }
    }

    /// <summary>The accuracies after some rounds of one training.</summary>
    private static async Task<double[]> Train(Digits images, SimulatedClients clients, int rounds, int[] after, Strategy strategy, string attack)
    {
        using var model = Networks.OneHidden(1);
        try
        {
            var run = await new FederatedTrainer(model, clients, Networks.CrossEntropy, new()
            {
                Rounds = rounds,
                BatchSize = 32,
                Seed = 1,
                Strategy = strategy,
                Test = images.Test,
            }).FitAsync();
            Console.Error.WriteLine($"{strategy.Name}, {attack}: {run.Rounds[^1]}, {run.Elapsed.TotalSeconds:F0} s");
            return [.. after.Select(round => 100 * run.Rounds[round - 1].TestAccuracy)];
        }
        catch (FederatedTrainingException error)
        {
            Console.Error.WriteLine($"{strategy.Name}, {attack}: {error.Message}");
            return [.. after.Select(_ => double.NaN)];
        }
    }
}
