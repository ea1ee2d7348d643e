namespace PointerBenchmark;

/// <summary>The notes' second template over the CNN of PySyft's tutorial 6, beside the same loop without federation.</summary>
internal static class SecondTemplate
{
    private const int Batches = 10, BatchSize = 64;

    public static void Report()
    {
        var (images, labels) = (rand(Batches * BatchSize, 1, 28, 28), randint(0, 10, new long[] { Batches * BatchSize }));
        var (here, away) = (new Cnn(), new Cnn());
        away.load_state_dict(here.state_dict());
        var (hereSgd, awaySgd) = (optim.SGD(here.parameters(), 0.01), optim.SGD(away.parameters(), 0.01));
        var loader = sy.FederatedDataLoader(sy.BaseDataset(images, labels).federate(sy.VirtualWorker("bob"), sy.VirtualWorker("alice")), batch_size: BatchSize);
        var rows = arange(Batches * BatchSize).split(BatchSize);

        float localLoss = 0, remoteLoss = 0;
        void Local()
        {
            foreach (var index in rows)
            {
                using var data = images.index_select(0, index);
                using var target = labels.index_select(0, index);
                hereSgd.zero_grad();
                using var output = here.forward(data);
                using var loss = F.nll_loss(output, target);
                loss.backward();
                hereSgd.step();
                localLoss = loss.item<float>();
            }
        }

        void Federated()
        {
            foreach (var (data, target) in loader)
            {
                away.send(data.location);
                awaySgd.zero_grad();
                using var output = away.forward(data);
                var loss = F.nll_loss(output, target);
                loss.backward();
                awaySgd.step();
                away.get();
                using var value = loss.get();
                remoteLoss = value.item<float>();
            }
        }

        var (local, federated) = Rounds.Medians(Local, Federated, rounds: 21);
        if (localLoss != remoteLoss) throw new InvalidOperationException($"The losses differ: {localLoss} here, {remoteLoss} at the workers.");
        (local, federated) = (local / Batches / 1000, federated / Batches / 1000);
        Console.WriteLine($"| second template, CNN, batch of {BatchSize} | {local:F2} ms | {federated:F2} ms | {(federated - local) * 1000:F0} µs | {federated / local:F3} | at most 1.03 times |");
    }

    public static void ReportMessages()
    {
        foreach (var size in (int[])[8, 64, 512])
        {
            var worker = sy.VirtualWorker("counted " + size);
            var loader = sy.FederatedDataLoader(sy.BaseDataset(rand(size, 4), rand(size, 1)).federate(worker), batch_size: size, shuffle: true);
            var model = nn.Linear(4, 1);
            worker.log_msgs = true;
            foreach (var (data, target) in loader)
            {
                model.send(data.location);
                using var output = model.forward(data);
                var loss = F.mse_loss(output, target);
                loss.backward();
                model.get();
                loss.get().Dispose();
            }

            Console.WriteLine($"A batch of {size} rows: {worker.msg_history.Count} messages (PySyft: {(4 * size) + 2}).");
        }
    }
}
