namespace FederatedBenchmark;

/// <summary>
/// The workload with which FLUTE compares itself to Flower and FedML: logistic regression on MNIST, 1,000 clients, 10 a round, batches of 10, learning rate
/// 0.03, one local epoch, 100 rounds, a test after every 20. Hipolito Garcia et al., "FLUTE: A Scalable, Extensible Framework for High-Performance Federated
/// Learning Simulations", 2022. Beside it two loops without a framework over the very same batches, one of tensors, one of arrays.
/// </summary>
internal static class Flute
{
    internal const int Clients = 1000, Rounds = 100, BatchSize = 10, TestEvery = 20;
    internal const float Rate = 0.03f;

    public static Task Report(Settings settings)
    {
        var images = Digits.Flat(settings);
        var clients = Mixed(images.Train);
        TrainingRun? run = null;
        nn.Module<Tensor, Tensor>? trained = null;
        void Trainer(int? parallel)
        {
            trained?.Dispose();
            trained = Networks.Logistic(1);
            run = new FederatedTrainer(trained, clients, Networks.CrossEntropy, new()
            {
                Rounds = Rounds, ClientsPerRound = 10, BatchSize = BatchSize, Seed = 1, Test = images.Test, TestEvery = TestEvery, Parallel = parallel,
                Shuffle = false, // the clients' rows were mixed once: with one epoch and few visits that is as good, and the loops can take the same batches
                Optimizer = parameters => optim.SGD(parameters, Rate),
            }).FitAsync().GetAwaiter().GetResult();
        }

        Trainer(1); // who is chosen, the loops take from here
        int[][][] cohorts = [.. run!.Rounds.Select(round => round.Clients.Select(name => clients.RowsOf(int.Parse(name.Split(' ')[1])).ToArray()).ToArray())];
        var (tensors, arrays) = (new BareTensors(images), new BareArrays(images));
        var medians = InTurns.Medians(
            settings.Rounds ?? 7, () => Trainer(null), () => Trainer(1), () => tensors.Run(cohorts), () => arrays.Run(cohorts));
        var accuracy = run.Rounds[^1].TestAccuracy;
        if (Math.Abs(accuracy - tensors.Accuracy) > 0.002 || Math.Abs(accuracy - arrays.Accuracy) > 0.002)
            throw new InvalidOperationException($"The three do not learn the same: {accuracy:P2}, {tensors.Accuracy:P2}, {arrays.Accuracy:P2}.");

        Console.WriteLine($"FLUTE's workload, {images.Name}, two shards of labels a client; medians in seconds");
        Console.WriteLine();
        Console.WriteLine("| what | seconds | of the processor | times the bare loop of tensors | of arrays | test accuracy |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Line($"FederatedTrainer, {Environment.ProcessorCount} cores", medians[0], accuracy);
        Line("FederatedTrainer, 1 core", medians[1], accuracy);
        Line("bare loop, TorchSharp's tensors, 1 core", medians[2], tensors.Accuracy);
        Line("bare loop, arrays and SIMD, 1 core", medians[3], arrays.Accuracy);
        Console.WriteLine();
        Console.WriteLine("As published, on their machines: Flower 30:14 minutes, FLUTE 3:20 minutes, about 80 %.");
        return Task.CompletedTask;

        void Line(string what, (double wall, double processor) seconds, double right) => Console.WriteLine(
            $"| {what} | {seconds.wall:F2} | {seconds.processor:F2} | {seconds.wall / medians[2].wall:F2} | {seconds.wall / medians[3].wall:F2} | {right:P1} |");
    }

    /// <summary>Two shards of labels a client, each client's rows mixed.</summary>
    private static SimulatedClients Mixed(BaseDataset data)
    {
        var rows = Partition.LabelShards(shardsPerClient: 2, seed: 1).Divide(data.targets, Clients);
        var random = new Random(1);
        foreach (var own in rows) random.Shuffle(own);
        return new SimulatedClients(data, rows);
    }
}
