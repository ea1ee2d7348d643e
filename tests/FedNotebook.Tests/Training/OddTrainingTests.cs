using TorchSharp;
using TorchSharp.Modules;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Models, data and optimizers that are not the usual ones.</summary>
public class OddTrainingTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 3, BatchSize = 5, Seed = 7, LocalEpochs = 2 };

    private static readonly Strategy[] Strategies =
    [
        new FedSGD(), new FedAvg(), new FedAvgM(), new FedProx(0.1), new FedAdagrad(), new FedAdam(), new FedYogi(), new SCAFFOLD(), new FedNova(), new FedBN(),
        new Median(), new TrimmedMean(), new Krum(1), new MultiKrum(1), new Bulyan(0), new GeometricMedian(),
    ];

    public static TheoryData<Strategy> All => [.. Strategies];

    [Fact]
    public async Task A_training_that_runs_away_reports_huge_losses_in_few_letters()
    {
        var trainer = Trainer(Network(), Options with { Rounds = 1, LocalEpochs = 1, Optimizer = p => optim.SGD(p, 1e4) });
        var round = (await trainer.FitAsync()).Rounds[0];
        Assert.True(round.TrainLoss > 1e6);
        Assert.Matches(@"^round 1: train loss \d\.\d{4}E\+\d+, 6 clients", round.ToString());
        Assert.Matches(@"\n +1 +\d\.\d{4}E\+\d+ +6 ", trainer.Run!.ToString());
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public async Task Every_strategy_learns_at_workers_and_with_parts_frozen(Strategy strategy)
    {
        var workers = Enumerable.Range(0, 6).Select(_ => Some.Worker()).ToArray();
        var model = WithBatchNorm();
        foreach (var parameter in ((nn.Module)model[0]).parameters()) parameter.requires_grad = false;
        var frozen = Weights((nn.Module)model[0]);
        var run = await new FederatedTrainer(model, Blobs().federate(workers), CrossEntropy, Options with { Rounds = 8, Strategy = strategy, Test = Blobs(60, seed: 8) }).FitAsync();
        Assert.True(run.Rounds[^1].TestLoss < run.Rounds[0].TestLoss, $"{run.Rounds[0].TestLoss} to {run.Rounds[^1].TestLoss}");
        var now = Weights((nn.Module)model[0]);
        for (var i = 0; i < frozen.Length; i++) Assert.Equal(frozen[i], now[i], 1e-6f);
        Assert.All(workers, worker => Assert.Equal(2, worker.objects_count));
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public async Task Every_strategy_bears_one_client_alone_or_says_how_many_it_needs(Strategy strategy)
    {
        var trainer = Trainer(Network(), Options with { Strategy = strategy }, clients: 1);
        if (strategy is Krum or MultiKrum or Bulyan)
            Assert.Contains("needs the updates of at least", (await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync())).Message);
        else
            Assert.Equal(3, (await trainer.FitAsync()).Rounds.Count);
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public async Task Every_strategy_repeats_to_the_bit_however_many_clients_train_side_by_side(Strategy strategy)
    {
        var results = new List<string>();
        foreach (var parallel in new[] { 1, 2, 4, 1 })
        {
            var model = WithBatchNorm();
            var run = await Trainer(model, Options with { Strategy = strategy, Parallel = parallel, Test = Blobs(30) }, clients: 7).FitAsync();
            results.Add($"{string.Join(' ', Weights(model))} {string.Join(' ', run.Rounds.Select(r => (r.TrainLoss, r.TestLoss, r.TestAccuracy)))}");
        }

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public async Task Models_of_other_types_train(ScalarType type)
    {
        var model = Network().to(type);
        var data = Blobs();
        var run = await Trainer(model, Options with { Rounds = 6 }, data: new BaseDataset(data.data.to(type), data.targets)).FitAsync();
        Assert.True(run.Rounds[^1].TrainLoss < run.Rounds[0].TrainLoss);
        Assert.All(model.parameters(), parameter => Assert.Equal(type, parameter.dtype));
    }

    [Fact]
    public async Task A_regression_has_a_loss_and_no_accuracy()
    {
        var x = rand(60, 4, generator: new Generator(3));
        var data = new BaseDataset(x, x.sum(1, keepdim: true));
        var model = nn.Linear(4, 1);
        var run = await new FederatedTrainer(model, data.federate(4, Partition.IID(1)), (o, t) => F.mse_loss(o, t), Options with { Rounds = 20, Test = data }).FitAsync();
        Assert.True(run.Rounds[^1].TestLoss < run.Rounds[0].TestLoss);
        Assert.All(run.Rounds, round => Assert.True(double.IsNaN(round.TestAccuracy)));
        Assert.Equal(["", "4", "0"], run.ToCsv().Split('\n')[1].Split(',')[3..6]);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 4), second = nn.Linear(4, 4), last = nn.Linear(4, 3);

        public Tied() : base("Tied")
        {
            second.weight = first.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => last.forward(second.forward(first.forward(x).relu()).relu());
    }

    [Fact]
    public async Task Weights_that_two_layers_share_stay_shared()
    {
        var (federated, plain, data) = (new Tied(), new Tied(), Blobs());
        plain.load_state_dict(federated.state_dict());
        var clients = new SimulatedClients(data, [[.. Enumerable.Range(0, 90)]]);
        await new FederatedTrainer(federated, clients, CrossEntropy, Options with { BatchSize = 90, Shuffle = false, LocalEpochs = 1 }).FitAsync();
        using var optimizer = optim.SGD(plain.parameters(), 0.1);
        for (var round = 0; round < 3; round++)
        {
            optimizer.zero_grad();
            CrossEntropy(plain.forward(data.data), data.targets).backward();
            optimizer.step();
        }

        Assert.Equal(Weights(plain), Weights(federated));
    }

    [Fact]
    public async Task An_optimizer_that_wants_a_closure_is_an_error_that_names_the_client()
    {
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(Network(), Options with { Optimizer = p => optim.LBFGS(p) }).FitAsync());
        Assert.StartsWith("client 0 could not train in round 1: The option Optimizer gave LBFGS", error.Message);
    }

    private sealed class Partly : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 4), last = nn.Linear(4, 3);
        private readonly Func<Tensor, Tensor> end;

        public Partly() : base("Partly")
        {
            var layer = last;
            end = x => layer.forward(x); // this one, in copies too
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => end(first.forward(x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_model_whose_copies_compute_with_its_own_layers_is_an_error_instead_of_one_that_learns_nothing(int parallel)
    {
        var model = new Alone();
        var before = Weights(model);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Parallel = parallel }).FitAsync());
        Assert.Contains("on none of the client's copy of the model. Call the layers in forward", error.Message);
        Assert.Equal(before, Weights(model));

        var partly = new Partly();
        before = Weights(partly);
        error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(partly, Options with { Parallel = parallel }).FitAsync());
        Assert.StartsWith("The clients computed with last.weight, last.bias of the model itself instead of its copy's", error.Message);
        Assert.Equal(before, Weights(partly));
    }

    [Fact]
    public async Task A_model_whose_gradients_somebody_computes_between_the_rounds_trains_on()
    {
        var (model, data) = (Network(), Blobs());
        await Trainer(model, Options with { OnRound = _ => CrossEntropy(model.forward(data.data), data.targets).backward() }).FitAsync();
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    private sealed class Alone : nn.Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> run;

        public Alone() : base("Alone")
        {
            var layer = nn.Linear(4, 3);
            run = x => layer.forward(x);
            register_module("layer", layer);
        }

        public override Tensor forward(Tensor x) => run(x);
    }

    [Fact]
    public async Task A_lambda_of_the_model_itself_calls_the_copys_layers_in_a_copy()
    {
        var model = new OfItself();
        var run = await Trainer(model, Options with { Rounds = 6 }).FitAsync();
        Assert.True(run.Rounds[^1].TrainLoss < run.Rounds[0].TrainLoss);
        var copy = model.copy();
        using (no_grad()) foreach (var parameter in copy.parameters()) parameter.zero_();
        Assert.Equal(0, copy.forward(ones(1, 4)).abs().sum().item<float>());
        Assert.NotEqual(0, model.forward(ones(1, 4)).abs().sum().item<float>());
    }

    private sealed class OfItself : nn.Module<Tensor, Tensor>
    {
        private readonly Linear layer = nn.Linear(4, 3);
        private readonly Func<Tensor, Tensor> run;

        public OfItself() : base("OfItself")
        {
            run = x => layer.forward(x);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => run(x);
    }

    [Fact]
    public async Task Data_of_another_type_and_a_batch_of_one_are_told_with_what_to_do()
    {
        var wide = new BaseDataset(Blobs().data.to(float64), Blobs().targets);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(Network(), Options, data: wide).FitAsync());
        Assert.Contains("The data are Float64 and the model is Float32: give both one type, data.to(float32) for instance.", error.Message);
        error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(WithBatchNorm(), Options, data: Blobs(66)).FitAsync());
        Assert.Contains("This batch has one item only: where a client has more, the option DropLast leaves such batches out.", error.Message);
        await Trainer(WithBatchNorm(), Options with { DropLast = true }, data: Blobs(66)).FitAsync();
    }

    [Fact]
    public async Task Parameters_may_have_learning_rates_of_their_own()
    {
        var model = Network();
        var first = Weights((nn.Module)model[0]);
        await Trainer(model, Options with
        {
            Optimizer = p => optim.SGD([new SGD.ParamGroup(p.Take(2), 0), new SGD.ParamGroup(p.Skip(2), 0.1)], 0.1),
        }).FitAsync();
        Assert.Equal(first, Weights((nn.Module)model[0]));
    }

    [Fact]
    public async Task Data_that_were_taken_away_while_it_trains_are_an_error_and_the_model_comes_home()
    {
        var (bob, alice) = Some.BobAndAlice();
        var model = Network();
        var federated = Blobs().federate(bob, alice);
        var trainer = new FederatedTrainer(model, federated, CrossEntropy, Options with { Rounds = 50, OnRound = round => { if (round.Round == 2) alice.clear_objects(); } });
        await Assert.ThrowsAnyAsync<FederatedException>(() => trainer.FitAsync());
        Assert.Equal((TrainingStatus.Failed, 2), (trainer.Run!.Status, trainer.Run.Rounds.Count));
        Assert.Throws<ModelLocationException>(() => model.location);
        Assert.Equal(2, bob.objects_count);
    }

    [Fact]
    public async Task What_bears_no_batch_of_two_trains_side_by_side_all_the_same()
    {
        // Before clients train side by side, two items show whether the model draws random numbers.
        var (one, two) = (Network(), Network());
        Func<Tensor, Tensor, Tensor> picky = (output, target) => output.shape[0] == 5 ? CrossEntropy(output, target) : throw new InvalidOperationException("five or nothing");
        var clients = Blobs().federate(6, Partition.IID(1));
        await new FederatedTrainer(one, clients, picky, Options with { Parallel = 2 }).FitAsync();
        await new FederatedTrainer(two, clients, CrossEntropy, Options with { Parallel = 1 }).FitAsync();
        Assert.Equal(Weights(two), Weights(one));
    }

    [Fact]
    public async Task Two_trainers_may_train_at_once()
    {
        var (one, two, alone) = (Network(), Network(), Network());
        await Trainer(alone, Options).FitAsync();
        await Task.WhenAll(Trainer(one, Options).FitAsync(), Trainer(two, Options).FitAsync());
        Assert.Equal(Weights(alone), Weights(one));
        Assert.Equal(Weights(alone), Weights(two));
    }
}
