namespace FederatedBenchmark;

/// <summary>What the trainer costs: one worker's data, trained by the trainer and by a plain loop, batch for batch the same; the models must be equal to the bit.</summary>
internal static class Overhead
{
    private const double Rate = 0.01;

    public static Task Report(Settings settings)
    {
        var turns = settings.Rounds ?? 9;
        Console.WriteLine("One client, one thread: `FederatedTrainer` beside a plain TorchSharp loop over the same batches; by the wall clock / by the processor's time");
        Console.WriteLine();
        Console.WriteLine("| model | steps | plain loop, s | trainer, one worker: times the plain loop | trainer, one simulated client |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (what, network, shape, batchSize) in Networks.Timed) Measure(what, network, shape, batchSize, turns);
        return Task.CompletedTask;
    }

    private static void Measure(string what, Func<int, nn.Module<Tensor, Tensor>> network, long[] shape, int batchSize, int turns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var data = sy.BaseDataset(rand(shape), randint(0, 10, new long[] { shape[0] }));
        var worker = sy.VirtualWorker("one");
        var sent = data.federate(worker);
        var simulated = data.federate(clients: 1, Partition.BySize((int)shape[0]));
        var options = new FederatedTrainerOptions
        {
            Rounds = 1, BatchSize = batchSize, Shuffle = false, Seed = 1, Parallel = 1, Optimizer = parameters => optim.SGD(parameters, Rate),
        };

        var models = Enumerable.Range(0, 3).Select(_ => network(1)).ToArray();
        var medians = InTurns.Medians(
            turns,
            () =>
            {
                using var optimizer = optim.SGD(models[0].parameters(), Rate);
                PlainLoop.Epoch(models[0], optimizer, data.data, data.targets, batchSize);
            },
            () => new FederatedTrainer(models[1], sent, Networks.CrossEntropy, options).FitAsync().GetAwaiter().GetResult(),
            () => new FederatedTrainer(models[2], simulated, Networks.CrossEntropy, options).FitAsync().GetAwaiter().GetResult());
        foreach (var (plain, worked, simulatedly) in models[0].parameters().Zip(models[1].parameters(), models[2].parameters()))
        {
            if (!plain.eq(worked).all().item<bool>() || !plain.eq(simulatedly).all().item<bool>())
                throw new InvalidOperationException($"{what}: the trainer's model is not that of the plain loop, so they did not do the same work.");
        }

        var plainTime = medians[0];
        Console.WriteLine(
            $"| {what} | {shape[0] / batchSize} | {plainTime.wall:F3} / {plainTime.processor:F3} | {medians[1].wall / plainTime.wall:F3} / {medians[1].processor / plainTime.processor:F3} "
            + $"| {medians[2].wall / plainTime.wall:F3} / {medians[2].processor / plainTime.processor:F3} |");
        worker.clear_objects();
    }
}
