using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public class FederatedTrainerTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 4, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 7 };

    [Fact]
    public async Task One_worker_trains_as_a_plain_loop_does_to_the_bit()
    {
        var (federated, plain, data, bob) = (Network(), Network(), Blobs(), Some.Worker());
        var trainer = new FederatedTrainer(
            federated, data.federate(bob), (output, target) => F.cross_entropy(output, target),
            new FederatedTrainerOptions { Rounds = 3, BatchSize = 8, Shuffle = false, Optimizer = p => optim.SGD(p, 0.1) });
        var run = await trainer.FitAsync();

        var losses = new List<double>();
        var optimizer = optim.SGD(plain.parameters(), 0.1);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var sum = 0.0;
            for (var start = 0; start < 90; start += 8)
            {
                var rows = Math.Min(8, 90 - start);
                optimizer.zero_grad();
                var loss = CrossEntropy(plain.forward(data.data.narrow(0, start, rows)), data.targets.narrow(0, start, rows));
                loss.backward();
                optimizer.step();
                sum += loss.item<float>() * (double)rows;
            }

            losses.Add(sum / 90);
        }

        Assert.Equal(Weights(plain), Weights(federated));
        Assert.Equal(losses, run.Rounds.Select(round => round.TrainLoss));
        Assert.Equal([bob.id], run.Rounds[0].Clients);
        Assert.Equal(2, bob.objects_count);
    }

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData(128 * 1024)]
    public async Task Wide_rows_that_are_fetched_in_several_parts_train_as_in_a_plain_loop(int width)
    {
        var points = tensor(Enumerable.Range(0, 20 * width).Select(i => (float)(i * 7919L % 1000) / 1000).ToArray()).view(20, width);
        var labels = tensor(Enumerable.Range(0, 20).Select(row => (long)(row % 3)).ToArray());
        var (simulated, plain) = (nn.Linear(width, 3), nn.Linear(width, 3));
        plain.load_state_dict(simulated.state_dict());
        var clients = new SimulatedClients(new BaseDataset(points, labels), [[.. Enumerable.Range(0, 20)]]);
        var options = Options with { Rounds = 1, LocalEpochs = 1, BatchSize = 3, Shuffle = false, Optimizer = p => optim.SGD(p, 1e-3) };
        await new FederatedTrainer(simulated, clients, CrossEntropy, options).FitAsync();

        var optimizer = optim.SGD(plain.parameters(), 1e-3);
        for (var start = 0; start < 20; start += 3)
        {
            var rows = Math.Min(3, 20 - start);
            optimizer.zero_grad();
            CrossEntropy(plain.forward(points.narrow(0, start, rows)), labels.narrow(0, start, rows)).backward();
            optimizer.step();
        }

        Assert.Equal(Weights(plain), Weights(simulated));
    }

    [Fact]
    public async Task Workers_and_simulated_clients_with_the_same_rows_give_the_same_model()
    {
        var (atWorkers, simulated, data) = (Network(), Network(), Blobs());
        var (bob, alice) = Some.BobAndAlice();
        var options = Options with { ClientFraction = 1, Test = data };
        var one = await new FederatedTrainer(atWorkers, data.federate(bob, alice), CrossEntropy, options).FitAsync();
        var rows = Enumerable.Range(0, 90).Chunk(45).ToList();
        var two = await new FederatedTrainer(simulated, new SimulatedClients(data, rows), CrossEntropy, options).FitAsync();
        Assert.Equal(Weights(simulated), Weights(atWorkers));
        Assert.Equal(one.Rounds.Select(r => (r.TrainLoss, r.TestLoss, r.TestAccuracy)), two.Rounds.Select(r => (r.TrainLoss, r.TestLoss, r.TestAccuracy)));
    }

    [Fact]
    public async Task A_round_costs_a_worker_the_same_messages_whatever_it_holds()
    {
        var counts = new List<int>();
        foreach (var rows in new[] { 10, 500 })
        {
            var bob = Some.Worker();
            var trainer = new FederatedTrainer(Network(), Blobs(rows).federate(bob), CrossEntropy, new() { Rounds = 5, BatchSize = 2 });
            bob.log_msgs = true;
            await trainer.FitAsync();
            counts.Add(bob.msg_history.Count);
            Assert.All(bob.msg_history.OfType<ObjectMessage>(), message => Assert.IsNotType<Tensor>(message.Object));
        }

        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public async Task Batches_and_rounds_are_told_as_they_happen()
    {
        List<TrainingBatch> batches = [], heard = [];
        List<TrainingRound> rounds = [];
        TrainingRun? started = null;
        var ended = 0;
        void Listen(TrainingRun run)
        {
            if (run.Seed != 7123) return;
            started = run;
            run.BatchDone += heard.Add;
            run.Ended += _ => ended++;
        }

        FederatedTrainer.Started += Listen;
        var trainer = Trainer(Network(), Options with { Seed = 7123, OnBatch = batches.Add, OnRound = rounds.Add });
        var run = await trainer.FitAsync();
        FederatedTrainer.Started -= Listen;

        Assert.Same(run, started);
        Assert.Same(run, trainer.Run);
        Assert.Equal(run.Rounds, rounds);
        Assert.Equal(4 * 3 * 6, batches.Count); // 3 clients of 15 rows in batches of 5, 2 epochs, 4 rounds
        Assert.Equal(batches, heard);
        Assert.Equal(1, ended);
        Assert.All(batches, batch => Assert.InRange(batch.Step, 1, batch.Steps));
        Assert.All(batches, batch => Assert.Equal(6, batch.Steps));
        Assert.Equal(rounds[0].Clients.Order(), batches.Where(b => b.Round == 1).Select(b => b.Client).Distinct().Order());
    }

    [Fact]
    public async Task Cancelling_keeps_the_model_of_the_last_whole_round()
    {
        using var stop = new CancellationTokenSource();
        var model = Network();
        float[] afterTwo = [];
        var trainer = Trainer(model, Options with
        {
            Rounds = 1000,
            OnRound = round => { if (round.Round == 2) afterTwo = Weights(model); },
            OnBatch = batch => { if (batch is { Round: 3, Step: 4 }) stop.Cancel(); },
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(stop.Token));
        Assert.Equal(afterTwo, Weights(model));
        Assert.Equal((2, TrainingStatus.Cancelled), (trainer.Run!.Rounds.Count, trainer.Run.Status));

        var shorter = Network();
        await Trainer(shorter, Options with { Rounds = 2 }).FitAsync();
        Assert.Equal(Weights(shorter), afterTwo);
    }

    [Fact]
    public async Task Cancelling_while_a_worker_trains_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var (bob, model) = (Some.Worker(), Network());
        var before = Weights(model);
        var trainer = new FederatedTrainer(model, Blobs().federate(bob), CrossEntropy, Options with { ClientFraction = 1, OnBatch = _ => stop.Cancel() });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(stop.Token));
        Assert.Equal(TrainingStatus.Cancelled, trainer.Run!.Status);
        Assert.Equal(before, Weights(model));
        Assert.Equal(2, bob.objects_count);
    }

    [Fact]
    public async Task StopWhen_ends_it_early()
    {
        var run = await Trainer(Network(), Options with { Rounds = 500, ClientFraction = 1, Test = Blobs(30, seed: 9), StopWhen = r => r.TestAccuracy >= 0.9 }).FitAsync();
        Assert.Equal(TrainingStatus.StoppedEarly, run.Status);
        Assert.InRange(run.Rounds[^1].TestAccuracy, 0.9, 1);
        Assert.All(run.Rounds.SkipLast(1), round => Assert.True(round.TestAccuracy < 0.9));
    }

    [Fact]
    public async Task The_test_is_measured_as_often_as_asked_and_at_the_end()
    {
        var data = Blobs(30, seed: 9);
        var model = Network();
        var run = await Trainer(model, Options with { Rounds = 5, TestEvery = 2, Test = data }).FitAsync();
        Assert.Equal([2, 4, 5], run.Rounds.Where(r => !double.IsNaN(r.TestLoss)).Select(r => r.Round));

        var output = model.forward(data.data);
        Assert.Equal(CrossEntropy(output, data.targets).item<float>(), run.Rounds[^1].TestLoss, 1e-6);
        Assert.Equal(sy.accuracy(output, data.targets), run.Rounds[^1].TestAccuracy, 1e-9);

        var without = await Trainer(Network(), Options).FitAsync();
        Assert.All(without.Rounds, round => Assert.True(double.IsNaN(round.TestLoss) && double.IsNaN(round.TestAccuracy)));
    }

    [Fact]
    public async Task A_TorchSharp_data_set_serves_as_the_test()
    {
        var data = Blobs(30, seed: 9);
        var one = await Trainer(Network(), Options with { Test = data }).FitAsync();
        var two = await Trainer(Network(), Options with { Test = utils.data.TensorDataset(data.data, data.targets) }).FitAsync();
        Assert.Equal(one.Rounds.Select(r => r.TestLoss), two.Rounds.Select(r => r.TestLoss));
    }

    [Fact]
    public async Task The_metrics_are_a_table_and_comma_separated_text()
    {
        var run = await Trainer(Network(), Options with { Test = Blobs(30), TestEvery = 4 }).FitAsync();
        var lines = run.ToCsv().TrimEnd('\n').Split('\n');
        Assert.Equal("Round,TrainLoss,TestLoss,TestAccuracy,Clients,LeftOut,Seconds,BytesSent", lines[0]);
        Assert.Equal(5, lines.Length);
        var first = lines[1].Split(',');
        Assert.Equal(["1", run.Rounds[0].TrainLoss.ToString("R"), "", "", "3", "0"], first[..6]);
        Assert.Equal((3 * 2 * 67 * 4).ToString(), first[7]); // three clients, there and back, 67 numbers of four bytes
        Assert.NotEqual("", lines[4].Split(',')[3]);
        Assert.Contains("FedAvg over 6 clients, Sequential: 4 of 4 rounds, finished", run.ToString());
        Assert.Equal(6, run.ToString().TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task DropLast_leaves_out_smaller_batches_and_no_client()
    {
        // Batch normalization bears no batch of one item: 11 items in batches of 5 need it, 3 items are a batch of their own.
        var clients = Blobs(14).federate(2, Partition.BySize(11, 3));
        var options = Options with { ClientFraction = 1, Rounds = 1, LocalEpochs = 2 };
        var batches = new List<TrainingBatch>();
        await new FederatedTrainer(WithBatchNorm(), clients, CrossEntropy, options with { DropLast = true, OnBatch = batches.Add }).FitAsync();
        Assert.Equal([("client 0", 4, 4), ("client 1", 2, 2)], batches.GroupBy(b => b.Client).OrderBy(g => g.Key).Select(g => (g.Key, g.Count(), g.First().Steps)));
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => new FederatedTrainer(WithBatchNorm(), clients, CrossEntropy, options).FitAsync());
        Assert.StartsWith("client 0 could not train in round 1", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Data_that_want_gradients_train_as_others_do(bool shuffle)
    {
        // The notes' toy data set is made with requires_grad=True.
        var (wanting, plain, data, bob) = (Network(), Network(), Blobs(), Some.Worker());
        var options = Options with { ClientFraction = 1, Shuffle = shuffle };
        var clients = new BaseDataset(data.data.clone().requires_grad_(), data.targets).federate(bob);
        await new FederatedTrainer(wanting, clients, CrossEntropy, options).FitAsync();
        await new FederatedTrainer(plain, data.federate(Some.Worker()), CrossEntropy, options).FitAsync();
        Assert.Equal(Weights(plain), Weights(wanting));
    }

    [Fact]
    public async Task Frozen_parameters_stay_and_the_mode_of_the_model_too()
    {
        var model = Network();
        model.eval();
        var (first, last) = ((nn.Module)model[0], (nn.Module)model[2]);
        foreach (var parameter in first.parameters()) parameter.requires_grad = false;
        var (frozen, free) = (Weights(first), Weights(last));
        await Trainer(model, Options).FitAsync();
        Assert.Equal(frozen, Weights(first));
        Assert.NotEqual(free, Weights(last));
        Assert.False(model.training);
    }

    [Fact]
    public async Task Ten_thousand_clients_cost_what_the_chosen_ones_cost()
    {
        var data = Blobs(20_000);
        var run = await Trainer(Network(), Options with { ClientFraction = 0, ClientsPerRound = 10, Rounds = 3 }, clients: 10_000, data).FitAsync();
        Assert.All(run.Rounds, round => Assert.Equal(10, round.Clients.Distinct().Count()));
        Assert.True(run.Rounds.SelectMany(round => round.Clients).Distinct().Count() > 20);
    }

    [Fact]
    public async Task A_fraction_of_zero_is_one_client()
    {
        var run = await Trainer(Network(), Options with { ClientFraction = 0 }).FitAsync();
        Assert.All(run.Rounds, round => Assert.Single(round.Clients));
    }
}
