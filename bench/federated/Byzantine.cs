namespace FederatedBenchmark;

/// <summary>20 clients, 4 of them send sign-flipped updates, as they are or made longer; the model 784-128-10, all clients in each round.</summary>
internal static class Byzantine
{
    private const int Clients = 20, Bad = 4;

    private static readonly Strategy[] Strategies =
        [new FedAvg(), new Median(), new TrimmedMean(0.2), new Krum(Bad), new MultiKrum(Bad), new Bulyan(Bad), new GeometricMedian()];

    public static async Task Report(Settings settings)
    {
        var images = Digits.Flat(settings);
        var rounds = settings.Rounds ?? 15;
        int[] after = rounds < 3 ? [rounds] : [rounds / 3, rounds];
        var clients = images.Train.federate(Clients, Partition.IID(seed: 1));
        Console.WriteLine($"Sign-flipped updates of {Bad} of {Clients} clients, {images.Name}, IID; accuracy in % after {string.Join(", ", after)} rounds (points below FedAvg without bad clients)");
        Console.WriteLine();
        Console.WriteLine($"| strategy |{string.Concat(from attack in new[] { "nobody bad", "flipped", "flipped, 5 times as long" } from round in after select $" {attack}: {round} |")}");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", 3 * after.Length))}");
        double[]? honest = null;
        foreach (var strategy in Strategies)
        {
            var text = $"| {strategy.Name} |";
            foreach (var strength in (double[])[0, 1, 5])
            {
                var accuracies = await Train(images, clients, rounds, after, strategy, strength);
                honest ??= accuracies;
                text += string.Concat(accuracies.Zip(honest, (now, best) => $" {now:F2} ({best - now:F2}) |"));
            }

            Console.WriteLine(text);
        }
    }

    /// <summary>The accuracies after some rounds of one training.</summary>
    private static async Task<double[]> Train(Digits images, SimulatedClients clients, int rounds, int[] after, Strategy strategy, double strength)
    {
        using var model = Networks.OneHidden(1);
        try
        {
            var run = await new FederatedTrainer(model, clients, Networks.CrossEntropy, new()
            {
                Rounds = rounds,
                BatchSize = 32,
                Seed = 1,
                Strategy = new SignFlips(strategy, Bad, strength),
                Test = images.Test,
            }).FitAsync();
            Console.Error.WriteLine($"{strategy.Name}, {strength}: {run.Rounds[^1]}, {run.Elapsed.TotalSeconds:F0} s");
            return [.. after.Select(round => 100 * run.Rounds[round - 1].TestAccuracy)];
        }
        catch (FederatedTrainingException error)
        {
            Console.Error.WriteLine($"{strategy.Name}, {strength}: {error.Message}");
            return [.. after.Select(_ => double.NaN)];
        }
    }
}
