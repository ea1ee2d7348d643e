namespace FederatedBenchmark;

/// <summary>
/// Rounds to a test accuracy, 100 clients, a tenth of them a round, batches of 10: McMahan et al., "Communication-Efficient Learning of Deep Networks from
/// Decentralized Data", 2017, tables 1 and 2. As there, the learning rate is the best of a grid, and a curve is the best accuracy so far. A seed decides on
/// the initial weights, on who has which images, on the draw of the clients and on the order of their batches.
/// </summary>
internal static class McMahan
{
    private static readonly int[] Shown = [1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 600];

    public static Task TwoLayersIid(Settings settings) => Report(
        "2NN, E=1, B=10, IID", Digits.Flat(settings), Networks.TwoHidden, seed => Partition.IID(seed), epochs: 1, paper: 87, digits: 0.97, clothes: 0.85,
        settings, [0.0464, 0.1, 0.215, 0.464]);

    public static Task TwoLayersNonIid(Settings settings) => Report(
        "2NN, E=1, B=10, two shards of labels a client", Digits.Flat(settings), Networks.TwoHidden, seed => Partition.LabelShards(shardsPerClient: 2, seed), epochs: 1,
        paper: 664, digits: 0.97, clothes: 0.8, settings, [0.0464, 0.1]);

    public static Task ConvolutionsIid(Settings settings) => Report(
        "CNN, E=5, B=10, IID", Digits.Square(settings), Networks.Convolutions, seed => Partition.IID(seed), epochs: 5, paper: 20, digits: 0.99, clothes: 0.9,
        settings, [0.215, 0.147, 0.316]);

    private static async Task Report(
        string what, Digits images, Func<int, nn.Module<Tensor, Tensor>> network, Func<int, Partition> partition, int epochs, int paper, double digits,
        double clothes, Settings settings, double[] grid)
    {
        var target = images.AreDigits ? digits : clothes;
        var rates = settings.LearningRates ?? grid;
                var limit = settings.Rounds ?? 2 * paper;
        Console.WriteLine($"{what}, C=0.1, {images.Name}, to {target:P0}; learning rates {string.Join(", ", rates)}; initial weights as in {settings.Beginning}");
        Console.WriteLine();
        Console.WriteLine("| seed | learning rate | rounds | best accuracy | after rounds: best accuracy so far | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|");
        List<int> bests = [];
        foreach (var seed in settings.Seeds ?? [1])
        {
            int? best = null;
            foreach (var rate in rates)
            {
                // A rate that took as long as the best one before it cannot be the best: it is not followed further.
                var rounds = best ?? limit;
                using var model = settings.Beginning.Of(network(seed), seed);
                var run = await Train(images, model, partition(seed), epochs, rate, seed, rounds, target, what);
                var curve = BestSoFar(run);
                int? reached = curve[^1] >= target ? curve.Count : null;
                best = reached ?? best;
                Console.WriteLine(
                    $"| {seed} | {rate} | {(reached is { } r ? r : $"more than {rounds}")} | {curve[^1]:P2} "
                    + $"| {string.Join(", ", Shown.Where(n => n <= curve.Count).Select(n => $"{n}: {curve[n - 1]:P1}"))} | {run.Elapsed.TotalSeconds:F0} |");
            }

            bests.Add(best ?? int.MaxValue);
        }

        var paperSays = images.AreDigits ? $"the paper: {paper}" : $"the paper has none for these images; for MNIST and {digits:P0} it has {paper}";
        bests.Sort();
        Console.WriteLine();
        Console.WriteLine($"Best of the grid, by seed and sorted: {string.Join(", ", bests.Select(b => b < int.MaxValue ? $"{b}" : $"more than {limit}"))} ({paperSays}).");
    }

    private static async Task<TrainingRun> Train(
        Digits images, nn.Module<Tensor, Tensor> model, Partition partition, int epochs, double rate, int seed, int rounds, double target, string what) =>
        await new FederatedTrainer(model, images.Train.federate(100, partition), Networks.CrossEntropy, new()
        {
            Rounds = rounds,
            ClientFraction = 0.1,
            LocalEpochs = epochs,
            BatchSize = 10,
            Seed = seed,
            Optimizer = parameters => optim.SGD(parameters, rate),
            Test = images.Test,
            StopWhen = round => round.TestAccuracy >= target,
            OnRound = round => Progress($"{what}, seed {seed}", rate, round),
        }).FitAsync();

    private static void Progress(string what, double rate, TrainingRound round)
    {
        if (!Console.IsErrorRedirected || round.Round % 10 == 0 || round.Elapsed.TotalSeconds > 10) Console.Error.WriteLine($"{what}, {rate}: {round}");
    }

    private static List<double> BestSoFar(TrainingRun run)
    {
        List<double> curve = [];
        foreach (var round in run.Rounds) curve.Add(Math.Max(round.TestAccuracy, curve.LastOrDefault()));
        return curve;
    }
}
