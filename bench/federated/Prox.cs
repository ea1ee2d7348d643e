namespace FederatedBenchmark;

/// <summary>
/// FedAvg and FedProx where some clients manage only a part of their epochs: FedAvg leaves these out, FedProx takes what they did. Li et al., "Federated
/// Optimization in Heterogeneous Networks", MLSys 2020, on its synthetic data: 30 users, 10 a round, 20 epochs, batches of 10, learning rate 0.01, μ = 1.
/// </summary>
internal static class Prox
{
    public static async Task Report(Settings settings)
    {
        var (rounds, seeds) = (settings.Rounds ?? 200, settings.Seeds ?? [1, 2, 3, 4, 5]);
        Console.WriteLine($"synthetic(α, β), {rounds} rounds; accuracy in % on the test items / loss over all training items; mean ± standard deviation over {seeds.Length} seeds");
        Console.WriteLine();
        Console.WriteLine("| data | stragglers | FedAvg | FedProx, μ = 0 | FedProx, μ = 1 | μ = 1 above FedAvg in |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var alpha in settings.Synthetic ?? [0, 0.5, 1])
        {
            foreach (var stragglers in settings.Stragglers ?? [0, 0.5, 0.9])
            {
                var average = await Seeds(seeds, seed => Train(alpha, seed, rounds, stragglers, new FedAvg()));
                var partial = stragglers == 0 ? average : await Seeds(seeds, seed => Train(alpha, seed, rounds, stragglers, new FedProx(0)));
                var prox = await Seeds(seeds, seed => Train(alpha, seed, rounds, stragglers, new FedProx(1)));
                var wins = average.Zip(prox).Count(pair => pair.Second.accuracy > pair.First.accuracy);
                Console.WriteLine($"| ({alpha}, {alpha}) | {stragglers:P0} | {Text(average)} | {Text(partial)} | {Text(prox)} | {wins} of {seeds.Length} seeds |");
            }
        }
    }

    private static async Task<(double accuracy, double loss)[]> Seeds(int[] seeds, Func<int, Task<(double, double)>> train)
    {
        List<(double, double)> results = [];
        foreach (var seed in seeds) results.Add(await train(seed));
        return [.. results];
    }

    private static async Task<(double accuracy, double loss)> Train(double alpha, int seed, int rounds, double stragglers, Strategy strategy)
    {
        var (clients, test) = datasets.Synthetic(alpha, alpha, seed);
        using var model = Networks.Logistic(seed, features: 60);
        var run = await new FederatedTrainer(model, clients, Networks.CrossEntropy, new()
        {
            Rounds = rounds,
            ClientsPerRound = 10,
            LocalEpochs = 20,
            BatchSize = 10,
            Seed = seed,
            Stragglers = stragglers,
            Optimizer = parameters => optim.SGD(parameters, 0.01),
            Strategy = strategy,
            Test = test,
            TestEvery = rounds,
        }).FitAsync();
        Console.Error.WriteLine($"({alpha}, {alpha}), seed {seed}, {stragglers:P0}, {strategy.Name}: {run.Rounds[^1]}, {run.Elapsed.TotalSeconds:F0} s");
        return (100 * run.Rounds[^1].TestAccuracy, TrainLoss(model, clients));
    }

    private static double TrainLoss(nn.Module<Tensor, Tensor> model, SimulatedClients clients)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sum = 0.0;
        for (var client = 0; client < clients.Clients; client++)
        {
            using var own = clients[client];
            sum += Networks.CrossEntropy(model.call(own.data), own.targets).item<float>() * own.Count;
        }

        return sum / clients.Count;
    }

    private static string Text((double accuracy, double loss)[] results)
    {
        var (mean, loss) = (results.Average(r => r.accuracy), results.Average(r => r.loss));
        var deviation = Math.Sqrt(results.Sum(r => Math.Pow(r.accuracy - mean, 2)) / Math.Max(1, results.Length - 1));
        return $"{mean:F1} ± {deviation:F1} / {loss:F2}";
    }
}
