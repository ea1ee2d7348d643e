using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Bad input is an error or a reported exclusion, and the model never is silently wrong.</summary>
public class BadTrainingInputTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 3, BatchSize = 5, Seed = 7 };

    [Fact]
    public async Task An_empty_client_is_left_out_and_named()
    {
        var data = Blobs();
        var (with, without) = (Network(), Network());
        var run = await new FederatedTrainer(with, new SimulatedClients(data, [[0, 1, 2, 3], [], [4, 5, 6]]), CrossEntropy, Options).FitAsync();
        Assert.All(run.Rounds, round => Assert.Equal(["client 0", "client 2"], round.Clients));
        Assert.All(run.Rounds, round => Assert.Equal([new LeftOutClient("client 1", "it has no data")], round.LeftOut));
        Assert.NotEqual(Weights(without), Weights(with));
    }

    [Fact]
    public async Task A_worker_without_rows_is_left_out_and_named()
    {
        var (bob, alice) = Some.BobAndAlice();
        var data = Blobs(12);
        var nothing = new PointerDataset(zeros(0, 4).send(bob), zeros(0, dtype: int64).send(bob));
        var federated = new FederatedDataset(nothing, new PointerDataset(data.data.send(alice), data.targets.send(alice)));
        var run = await new FederatedTrainer(Network(), federated, CrossEntropy, Options).FitAsync();
        Assert.All(run.Rounds, round => Assert.Equal([alice.id], round.Clients));
        Assert.All(run.Rounds, round => Assert.Equal([new LeftOutClient(bob.id, "it has no data")], round.LeftOut));
        var loader = sy.FederatedDataLoader(federated, batch_size: 5);
        Assert.Equal((3, 3), (loader.Count, loader.Count()));
    }

    [Fact]
    public async Task A_round_in_which_nobody_has_data_leaves_the_model_as_it_is()
    {
        var model = Network();
        var before = Weights(model);
        var run = await new FederatedTrainer(model, new SimulatedClients(Blobs(), [[], []]), CrossEntropy, Options).FitAsync();
        Assert.Equal(before, Weights(model));
        Assert.All(run.Rounds, round => Assert.Equal((0, 2, true), (round.Clients.Count, round.LeftOut.Count, double.IsNaN(round.TrainLoss))));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task A_client_whose_numbers_are_not_finite_is_left_out_and_named(float bad)
    {
        var data = Blobs();
        var poisoned = data.data.clone();
        poisoned[50, 1] = bad;
        int[][] rows = [.. Enumerable.Range(0, 90).Chunk(30)];
        var (with, without) = (Network(), Network());
        var run = await new FederatedTrainer(with, new SimulatedClients(new BaseDataset(poisoned, data.targets), rows), CrossEntropy, Options).FitAsync();
        Assert.All(run.Rounds, round => Assert.Equal(["client 0", "client 2"], round.Clients));
        Assert.All(run.Rounds, round => Assert.Matches("client 1: its (loss became|update has numbers)", Assert.Single(round.LeftOut).ToString()));
        Assert.All(run.Rounds, round => Assert.True(double.IsFinite(round.TrainLoss)));

        var healthy = new SimulatedClients(data, [rows[0], [], rows[2]]);
        await new FederatedTrainer(without, healthy, CrossEntropy, Options).FitAsync();
        Assert.Equal(Weights(without), Weights(with));
    }

    [Fact]
    public async Task A_round_in_which_all_updates_are_unusable_is_an_error()
    {
        var model = Network();
        var before = Weights(model);
        var trainer = Trainer(model, Options with { Optimizer = p => optim.SGD(p, 1e30) });
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync());
        Assert.Contains("No update of round 1 can be used: client 0:", error.Message);
        Assert.Contains("learning rate", error.Message);
        Assert.Equal(before, Weights(model));
        Assert.Equal((TrainingStatus.Failed, error), (trainer.Run!.Status, trainer.Run.Error));
    }

    [Fact]
    public async Task Labels_out_of_range_are_an_error_that_names_the_client()
    {
        var data = Blobs();
        var targets = data.targets.clone();
        targets[45] = 3;
        var model = Network();
        var before = Weights(model);
        var clients = new SimulatedClients(new BaseDataset(data.data, targets), [.. Enumerable.Range(0, 90).Chunk(30)]);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => new FederatedTrainer(model, clients, CrossEntropy, Options).FitAsync());
        Assert.StartsWith("client 1 could not train in round 1: Target 3 is out of bounds.", error.Message);
        Assert.Equal(before, Weights(model));
    }

    [Fact]
    public async Task A_model_of_another_shape_is_an_error_that_names_the_worker()
    {
        var (bob, alice) = Some.BobAndAlice();
        var model = nn.Linear(5, 3);
        var trainer = new FederatedTrainer(model, Blobs().federate(bob, alice), CrossEntropy, Options);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync());
        Assert.Contains($"{bob.id} could not train in round 1: ", error.Message);
        Assert.Equal(2, bob.objects_count); // neither the model nor the task stays there
        Assert.Throws<ModelLocationException>(() => model.location);
    }

    [Fact]
    public async Task A_test_set_that_does_not_fit_is_an_error_and_the_model_stays()
    {
        var model = Network();
        var before = Weights(model);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(
            () => Trainer(model, Options with { Test = new BaseDataset(zeros(5, 7), zeros(5, dtype: int64)) }).FitAsync());
        Assert.Contains("could not be tested", error.Message);
        Assert.Equal(before, Weights(model));
    }

    private sealed class Broken(Func<StrategyState, StrategyState> what) : Strategy
    {
        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => state.Round < 1 ? state with { Weights = updates[0].Weights } : what(state);
    }

    public static TheoryData<Func<StrategyState, StrategyState>, string> Breaks => new()
    {
        { _ => throw new InvalidOperationException("no idea"), "The strategy Broken failed in round 2: no idea. The model is that of round 1." },
        { _ => null!, "it returned null" },
        { state => state with { Weights = zeros(3) }, "gave a model of another size in round 2: the weights must be a vector of 67 numbers" },
        { state => state with { Weights = state.Weights.to(complex64) }, "gave complex numbers in round 2: the weights must be real ones" },
        { state => state with { Weights = full([67], 1e300, dtype: float64) }, "gave numbers that are not finite in round 2" }, // in the model's 32 bits
        { state => state with { Memory = null! }, "The strategy Broken failed in round 2: the Memory of its state is null" },
        { state => state.Remember("x", null!), "The strategy Broken failed in round 2: what it remembers as \"x\" is null. The model is that of round 1." },
        { state => state with { Weights = Disposed() }, "The strategy Broken failed in round 2: This tensor has been disposed" },
        { _ => throw new ArgumentException("no."), "failed in round 2: no. The model" },
        { state => state with { Weights = full([67], double.NaN) }, "gave numbers that are not finite in round 2" },
        { state => state.Remember("x", tensor(float.PositiveInfinity)), "gave numbers that are not finite in round 2" },
    };

    private static Tensor Disposed()
    {
        var tensor = zeros(67);
        tensor.Dispose();
        return tensor;
    }

    [Theory]
    [MemberData(nameof(Breaks), DisableDiscoveryEnumeration = true)]
    public async Task A_strategy_that_fails_is_an_error_and_the_model_is_that_of_the_round_before(Func<StrategyState, StrategyState> what, string text)
    {
        var (model, one) = (Network(), Network());
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Strategy = new Broken(what) }).FitAsync());
        Assert.Contains(text, error.Message);
        await Trainer(one, Options with { Rounds = 1, Strategy = new Broken(what) }).FitAsync();
        Assert.Equal(Weights(one), Weights(model));
    }

    [Fact]
    public void Options_that_make_no_sense_are_errors_that_name_the_option()
    {
        void Bad(string name, FederatedTrainerOptions options) =>
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => Trainer(Network(), options)).Message);
        Bad("Rounds", new() { Rounds = 0 });
        Bad("Rounds", new() { Rounds = -1 });
        Bad("ClientFraction", new() { ClientFraction = -0.1 });
        Bad("ClientFraction", new() { ClientFraction = 1.5 });
        Bad("ClientFraction", new() { ClientFraction = double.NaN });
        Bad("ClientsPerRound is 7, and there are 6 clients", new() { ClientsPerRound = 7 });
        Bad("ClientsPerRound", new() { ClientsPerRound = 0 });
        Bad("LocalEpochs", new() { LocalEpochs = 0 });
        Bad("BatchSize", new() { BatchSize = 0 });
        Bad("TestEvery", new() { TestEvery = 0 });
        Bad("CheckpointEvery", new() { CheckpointEvery = 0 });
        Bad("Checkpoint", new() { Checkpoint = " " });
        Bad("Parallel", new() { Parallel = 0 });
        Bad("Stragglers", new() { Stragglers = 2, LocalEpochs = 2 });
        Bad("LocalEpochs", new() { Stragglers = 0.5 });
        Bad("Optimizer", new() { Optimizer = null! });
        Bad("Strategy", new() { Strategy = null! });
    }

    [Fact]
    public async Task Without_options_it_trains_all_the_same()
    {
        var run = await new FederatedTrainer(Network(), Blobs().federate(2, Partition.IID(1)), CrossEntropy).FitAsync();
        Assert.Equal(10, run.Rounds.Count);
        Assert.True(run.Rounds[^1].TrainLoss < run.Rounds[0].TrainLoss);
    }

    [Fact]
    public void More_clients_than_items_are_an_error() =>
        Assert.Contains("There are 90 items, too few for 91 clients", Assert.Throws<ArgumentException>(() => Blobs().federate(91, Partition.IID(1))).Message);

    [Fact]
    public void What_is_null_is_named()
    {
        var clients = Blobs().federate(2, Partition.IID(1));
        Assert.Throws<ArgumentNullException>(() => new FederatedTrainer(null!, clients, CrossEntropy));
        Assert.Throws<ArgumentNullException>(() => new FederatedTrainer(Network(), (SimulatedClients)null!, CrossEntropy));
        Assert.Throws<ArgumentNullException>(() => new FederatedTrainer(Network(), (FederatedDataset)null!, CrossEntropy));
        Assert.Throws<ArgumentNullException>(() => new FederatedTrainer(Network(), clients, null!));
        Assert.Throws<ArgumentException>(() => new FederatedTrainer(nn.ReLU(), clients, CrossEntropy));
    }

    [Fact]
    public async Task A_loss_that_is_no_number_is_an_error_that_says_what_to_do()
    {
        var trainer = new FederatedTrainer(Network(), Blobs().federate(2, Partition.IID(1)), (o, t) => F.cross_entropy(o, t, reduction: nn.Reduction.None), Options);
        Assert.Contains("must be one number", (await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync())).Message);
    }

    public static TheoryData<Func<Tensor, Tensor, Tensor>, string> Losses => new()
    {
        { (_, _) => null!, "The loss gave null; it must give the loss of (output, target) as one number." },
        { (_, _) => tensor(1f), "The loss does not depend on any parameter that wants gradients" },
        { (output, _) => output.detach().sum(), "The loss does not depend on any parameter that wants gradients" },
        { (output, _) => output, "The loss of a batch must be one number; it has the shape [5, 3]. Take its mean." },
        { (output, _) => output[0].sum().unsqueeze(0).expand(2), "it has the shape [2]" },
        { (_, _) => throw new InvalidOperationException("no loss today."), "client 0 could not train in round 1: no loss today. The model is" },
        { (output, _) => F.mse_loss(output, zeros(7, 7)), "client 0 could not train in round 1: " },
    };

    [Theory]
    [MemberData(nameof(Losses), DisableDiscoveryEnumeration = true)]
    public async Task A_loss_that_cannot_be_learnt_from_is_an_error_and_the_model_stays(Func<Tensor, Tensor, Tensor> loss, string text)
    {
        foreach (var parallel in new[] { 1, 2 })
        {
            var model = Network();
            var before = Weights(model);
            var trainer = new FederatedTrainer(model, Blobs().federate(2, Partition.IID(1)), loss, Options with { Parallel = parallel });
            Assert.Contains(text, (await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync())).Message);
            Assert.Equal(before, Weights(model));
        }
    }

    public static TheoryData<Func<Action, FederatedTrainerOptions>, string, int> Calls => new()
    {
        { what => Options with { Optimizer = p => { what(); return optim.SGD(p, 0.1); } }, " could not train in round 1: no idea. The model is as it was before the training.", 0 },
        { what => Options with { OnBatch = _ => what() }, " could not train in round 1: The option OnBatch failed: no idea. ", 0 },
        { what => Options with { OnRound = _ => what() }, "The training ended after round 1: The option OnRound failed: no idea. The model is that of round 1.", 1 },
        { what => Options with { StopWhen = _ => { what(); return false; } }, "The training ended after round 1: The option StopWhen failed: no idea. The model is that of round 1.", 1 },
        { what => Options with { Test = new Calling(what) }, "The model of round 1 could not be tested: no idea. The model is as it was before the training.", 0 },
    };

    private sealed class Calling(Action what) : utils.data.IterableDataset
    {
        public override long Count => 3;

        public override IList<Tensor> GetTensor(long index)
        {
            what();
            return [zeros(4), tensor(0L)];
        }
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task What_the_options_call_may_throw_and_may_cancel(Func<Action, FederatedTrainerOptions> with, string text, int rounds)
    {
        float[] expected = Weights(Network());
        if (rounds == 1)
        {
            var once = Network();
            await Trainer(once, Options with { Rounds = 1 }).FitAsync();
            expected = Weights(once);
        }

        var model = Network();
        var trainer = Trainer(model, with(() => throw new InvalidOperationException("no idea.")));
        Assert.Contains(text, (await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync())).Message);
        Assert.Equal(expected, Weights(model));
        Assert.Equal((TrainingStatus.Failed, rounds), (trainer.Run!.Status, trainer.Run.Rounds.Count));

        using var stop = new CancellationTokenSource();
        model = Network();
        trainer = Trainer(model, with(stop.Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(stop.Token));
        Assert.Equal(TrainingStatus.Cancelled, trainer.Run!.Status);
        Assert.InRange(trainer.Run.Rounds.Count, rounds, 1);
        if (trainer.Run.Rounds.Count == rounds) Assert.Equal(expected, Weights(model));
    }

    [Fact]
    public async Task An_optimizer_over_other_parameters_is_an_error()
    {
        var model = Network();
        var own = optim.SGD(model.parameters(), 0.1);
        Assert.Contains("over other parameters", (await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Optimizer = _ => own }).FitAsync())).Message);
        Assert.Contains("gave null", (await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Optimizer = _ => null! }).FitAsync())).Message);
    }

    [Fact]
    public async Task A_trainer_that_trains_cannot_begin_again_and_afterwards_can()
    {
        using var stop = new CancellationTokenSource();
        var trainer = Trainer(Network(), Options with { Rounds = 1_000_000 });
        var fit = trainer.FitAsync(stop.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => trainer.FitAsync());
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(new CancellationToken(true)));
    }

    [Fact]
    public async Task A_model_that_is_away_cannot_be_trained()
    {
        var (model, bob) = (Network(), Some.Worker());
        var trainer = Trainer(model, Options);
        model.send(bob);
        Assert.Contains(bob.id, (await Assert.ThrowsAsync<ModelsNotTogetherException>(() => trainer.FitAsync())).Message);
    }

    [Fact]
    public async Task Private_data_train_only_for_their_users()
    {
        var bob = Some.Worker();
        var data = Blobs();
        var part = new PointerDataset(
            data.data.private_tensor(allowed_users: ["ada"]).send(bob, user: "ada"), data.targets.private_tensor(allowed_users: ["ada"]).send(bob, user: "ada"));
        var model = Network();
        var before = Weights(model);
        await Assert.ThrowsAsync<GetNotPermittedError>(() => new FederatedTrainer(model, new FederatedDataset(part), CrossEntropy, Options).FitAsync());
        Assert.Equal(before, Weights(model));
        await new FederatedTrainer(model, new FederatedDataset(part), CrossEntropy, Options with { User = "ada" }).FitAsync();
        Assert.NotEqual(before, Weights(model));
    }
}
