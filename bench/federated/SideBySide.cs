namespace FederatedBenchmark;

/// <summary>Two clients side by side, beside one after the other. The models must be equal to the bit.</summary>
internal static class SideBySide
{
    public static Task Report(Settings settings)
    {
        var turns = settings.Rounds ?? 9;
        Console.WriteLine($"Two clients on {Environment.ProcessorCount} cores");
        Console.WriteLine();
        Console.WriteLine("| model | one after the other, s | side by side, s | speed | processor's time, side by side to one after the other |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (what, network, shape, batchSize) in Networks.Timed) Measure(what, network, shape, batchSize, turns);
        return Task.CompletedTask;
    }

    private static void Measure(string what, Func<int, nn.Module<Tensor, Tensor>> network, long[] shape, int batchSize, int turns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var clients = sy.BaseDataset(rand(shape), randint(0, 10, new long[] { shape[0] })).federate(clients: 2, Partition.IID(seed: 1));
        var models = Enumerable.Range(0, 2).Select(_ => network(1)).ToArray();
        void Train(int model) => new FederatedTrainer(models[model], clients, Networks.CrossEntropy, new()
        {
            Rounds = 1, BatchSize = batchSize, Seed = 1, Parallel = model + 1, Optimizer = parameters => optim.SGD(parameters, 0.01),
        }).FitAsync().GetAwaiter().GetResult();

        var medians = InTurns.Medians(turns, () => Train(0), () => Train(1));
        if (models[0].parameters().Zip(models[1].parameters()).Any(pair => !pair.First.eq(pair.Second).all().item<bool>()))
            throw new InvalidOperationException($"{what}: the models differ, and the number of clients side by side must not change them.");
        var (after, beside) = (medians[0], medians[1]);
        Console.WriteLine($"| {what} | {after.wall:F3} | {beside.wall:F3} | {after.wall / beside.wall:F2} times | {beside.processor / after.processor:F2} |");
    }
}
