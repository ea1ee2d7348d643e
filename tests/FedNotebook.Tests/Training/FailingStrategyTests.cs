using System.Collections.Immutable;
using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>A strategy of one's own may fail in any of its methods, and may want to end the training in any of them.</summary>
public class FailingStrategyTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 4, BatchSize = 5, Seed = 7, LocalEpochs = 2, Stragglers = 0.5 };

    private static readonly string[] Methods = ["Name", "AcceptsPartialWork", "Plan", "Begin", "BeginTraining", "BeforeStep", "Finish", "Aggregate", "BytesPerClient"];

    /// <summary>FedAvg that does something in one of its methods, from the third round on.</summary>
    private sealed class Doing(string method, Action what, Func<bool> when) : Strategy
    {
        public override string Name => Done("Name", "Doing");

        public override bool AcceptsPartialWork => Done("AcceptsPartialWork", false);

        public override LocalWork Plan(LocalWork asked) => Done("Plan", asked);

        public override Tensor Begin(StrategyState state, int client) => Done("Begin", state.Weights);

        public override void BeginTraining(ClientTraining client) => Done("BeginTraining", 0);

        public override void BeforeStep(ClientTraining client) => Done("BeforeStep", 0);

        public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) => Done("Finish", ImmutableDictionary<string, Tensor>.Empty);

        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => Done("Aggregate", state with { Weights = updates.WeightedMean() });

        public override long BytesPerClient(ModelLayout layout) => Done("BytesPerClient", 8L);

        private T Done<T>(string here, T result)
        {
            if (here == method && when()) what();
            return result;
        }
    }

    public static TheoryData<string, int, bool> Everywhere
    {
        get
        {
            var all = new TheoryData<string, int, bool>();
            foreach (var method in Methods)
                foreach (var parallel in new[] { 1, 2 })
                    foreach (var atWorkers in new[] { false, true }) all.Add(method, parallel, atWorkers);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_strategy_that_throws_is_named_with_the_method_and_the_model_is_that_of_the_last_whole_round(string method, int parallel, bool atWorkers)
    {
        var (model, run) = (Network(), (TrainingRun?)null);
        var rounds = method == "Name" ? 0 : 2; // the name is asked for before the first round
        var strategy = new Doing(method, () => throw new InvalidOperationException("no idea."), () => rounds == 0 || run?.Rounds.Count == 2);
        var (bob, alice) = Some.BobAndAlice();
        var options = Options with { Parallel = parallel, Strategy = strategy };
        var trainer = atWorkers
            ? new FederatedTrainer(model, Blobs().federate(bob, alice), CrossEntropy, options)
            : Trainer(model, options, clients: 2);
        void Note(TrainingRun started) => run = ReferenceEquals(started.Options.Strategy, strategy) ? started : run;
        FederatedTrainer.Started += Note;
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => trainer.FitAsync());
        FederatedTrainer.Started -= Note;

        Assert.Contains("The strategy Doing failed in ", error.Message);
        if (method != "Aggregate") Assert.Contains($"failed in {method}: no idea. ", error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.DoesNotContain("..", error.Message);
        Assert.Equal((TrainingStatus.Failed, rounds), (trainer.Run!.Status, trainer.Run.Rounds.Count));
        Assert.Same(error, trainer.Run.Error);
        Assert.Equal((2, 2), (bob.objects_count + (atWorkers ? 0 : 2), alice.objects_count + (atWorkers ? 0 : 2)));
        if (!atWorkers) Assert.Equal(await After(rounds), Weights(model));
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_training_can_be_cancelled_from_within_any_method(string method, int parallel, bool atWorkers)
    {
        using var stop = new CancellationTokenSource();
        var (model, run) = (Network(), (TrainingRun?)null);
        var strategy = new Doing(method, stop.Cancel, () => run?.Rounds.Count == 2);
        var (bob, alice) = Some.BobAndAlice();
        var options = Options with { Parallel = parallel, Strategy = strategy, Rounds = 40, Test = Blobs(30) };
        var trainer = atWorkers
            ? new FederatedTrainer(model, Blobs().federate(bob, alice), CrossEntropy, options)
            : Trainer(model, options, clients: 2);
        void Note(TrainingRun started) => run = ReferenceEquals(started.Options.Strategy, strategy) ? started : run;
        FederatedTrainer.Started += Note;
        if (method == "Name")
        {
            await trainer.FitAsync(); // it is asked for once, before the first round
        }
        else
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(stop.Token));
            Assert.Equal(TrainingStatus.Cancelled, trainer.Run!.Status);
            Assert.InRange(trainer.Run.Rounds.Count, 2, 3); // a round that has its updates may end
        }

        FederatedTrainer.Started -= Note;
        if (!atWorkers) Assert.Equal(await After(trainer.Run!.Rounds.Count), Weights(model));
        else Assert.Equal((2, 2), (bob.objects_count, alice.objects_count));
    }

    private sealed class Giving : Strategy
    {
        public Func<LocalWork, LocalWork> Work { get; init; } = asked => asked;

        public Func<Tensor, Tensor> Model { get; init; } = weights => weights;

        public Func<ImmutableDictionary<string, Tensor>> Sends { get; init; } = () => ImmutableDictionary<string, Tensor>.Empty;

        public override LocalWork Plan(LocalWork asked) => Work(asked);

        public override Tensor Begin(StrategyState state, int client) => Model(state.Weights);

        public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) => Sends();

        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => state with { Weights = updates.WeightedMean() };
    }

    public static TheoryData<Strategy, string> Nonsense => new()
    {
        { new Giving { Work = _ => null! }, "The strategy Giving failed in Plan: it gave null instead of the client's work." },
        { new Giving { Work = asked => asked with { Epochs = 0 } }, "it gave 0 epochs with batches of 5; both must be at least 1." },
        { new Giving { Work = asked => asked with { BatchSize = -3 } }, "it gave 2 epochs with batches of -3" },
        { new Giving { Model = _ => null! }, "The strategy Giving failed in Begin: it gave null instead of a model." },
        { new Giving { Model = weights => weights.narrow(0, 0, 3) }, "it gave the shape [3], and the model is a vector of 67 numbers." },
        { new Giving { Model = weights => weights.unsqueeze(0) }, "it gave the shape [1, 67]" },
        { new Giving { Model = weights => weights * float.NaN }, "The strategy Giving failed in Begin: it gave numbers that are not finite." },
        { new Giving { Model = _ => Gone() }, "The strategy Giving failed in Begin: it gave a model that was disposed." },
        { new Giving { Sends = () => ImmutableDictionary<string, Tensor>.Empty.Add("x", Gone()) }, "The strategy Giving failed in Finish: what it sends as \"x\" was disposed." },
        { new Giving { Sends = () => null! }, "The strategy Giving failed in Finish: it gave null; give an empty dictionary where nothing is sent." },
        { new Giving { Sends = () => ImmutableDictionary<string, Tensor>.Empty.Add("x", null!) }, "what it sends as \"x\" is null." },
    };

    private static Tensor Gone()
    {
        var tensor = zeros(67);
        tensor.Dispose();
        return tensor;
    }

    /// <summary>Sends tensors that are not its own: the model, its start, what it kept, and what the next client's training will change.</summary>
    private sealed class Lending(List<bool> own) : Strategy
    {
        public override void BeginTraining(ClientTraining client) => client.Kept = client.Split(client.State.Parameters.mul(2));

        public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) => ImmutableDictionary<string, Tensor>.Empty
            .Add("model", weights).Add("state", client.State.Weights).Add("start", client.Start[0]).Add("kept", client.Kept[0])
            .Add("parameter", client.Parameters[1]).Add("gradient", client.Parameters[1].grad!);

        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
        {
            foreach (var update in updates) own.Add(update.Sent["parameter"].Equals(state.Layout.Split(update.Weights)[1]) && update.Sent["kept"].Equals(update.Sent["start"].mul(2)));
            own.Add(updates.Select(update => update.Sent["gradient"].sum().item<float>()).Distinct().Count() == updates.Count);
            return (state with { Weights = updates.WeightedMean() }).Remember("first", updates[0].Sent["parameter"]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_client_sends_is_its_own_whatever_becomes_of_the_model_it_came_from(int parallel)
    {
        var own = new List<bool>();
        var (model, plain) = (Network(), Network());
        var run = await Trainer(model, Options with { Parallel = parallel, Strategy = new Lending(own), Stragglers = 0 }).FitAsync();
        await Trainer(plain, Options with { Stragglers = 0 }).FitAsync();
        Assert.Equal(28, own.Count);
        Assert.All(own, Assert.True);
        Assert.Equal(Weights(plain), Weights(model));
        Assert.Equal(8, run.State.Memory["first"].numel());
    }

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task What_nothing_can_be_made_of_is_an_error_that_says_what_came(Strategy strategy, string text)
    {
        var model = Network();
        var before = Weights(model);
        Assert.Contains(text, (await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Strategy = strategy }).FitAsync())).Message);
        Assert.Equal(before, Weights(model));
    }

    private sealed class Keeping : Strategy
    {
        private Tensor? momentum;

        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
        {
            var mean = updates.WeightedMean();
            momentum = momentum is null ? state.ChangeTo(mean) : momentum.mul(0.9).add(state.ChangeTo(mean));
            return state.Move(momentum, mean);
        }
    }

    [Fact]
    public async Task A_strategy_that_keeps_a_tensor_for_itself_is_told_where_to_put_it()
    {
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(Network(), Options with { Strategy = new Keeping(), Stragglers = 0 }).FitAsync());
        Assert.StartsWith("The strategy Keeping failed in round 2: This tensor has been disposed", error.Message);
        Assert.EndsWith("put it into the state, state.Remember(\"name\", tensor). The model is that of round 1.", error.Message);
    }

    [Fact]
    public async Task A_client_that_sends_numbers_that_are_not_finite_is_left_out_and_named()
    {
        var run = await Trainer(Network(), Options with { Strategy = new Sending(), Stragglers = 0 }).FitAsync();
        Assert.All(run.Rounds, round => Assert.Equal("client 0: its update has numbers that are not finite", Assert.Single(round.LeftOut).ToString()));
        Assert.All(run.Rounds, round => Assert.Equal(5, round.Clients.Count));
    }

    private sealed class Sending : Strategy
    {
        public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) =>
            ImmutableDictionary<string, Tensor>.Empty.Add("x", tensor(client.Client == 0 ? float.NaN : 1f));

        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => state with { Weights = updates.WeightedMean() };
    }

    public static TheoryData<Strategy, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer>, string> WrongOptimizers => new()
    {
        { new SCAFFOLD(), p => optim.Adam(p), "SCAFFOLD computes with the steps of SGD, and the option Optimizer gave Adam." },
        { new SCAFFOLD(), p => optim.SGD(p, 0.1, momentum: 0.9), "SCAFFOLD needs plain SGD, and the option Optimizer gave one with a momentum of 0.9." },
        { new SCAFFOLD(), p => optim.SGD(p, 0), "SCAFFOLD needs a learning rate above 0" },
        { new SCAFFOLD(), p => optim.SGD(p, 0.1, maximize: true), "maximizes the loss" },
        { new FedSGD(), p => optim.RMSProp(p), "FedSGD computes with the steps of SGD, and the option Optimizer gave RMSProp." },
        { new FedSGD(), p => optim.SGD(p, 0.1, momentum: 0.5), "FedSGD needs plain SGD, and the option Optimizer gave one with a momentum of 0.5." },
        { new FedNova(), p => optim.AdamW(p), "FedNova computes with the steps of SGD, and the option Optimizer gave AdamW." },
        { new FedNova(0.5), p => optim.SGD(p, 0.1, momentum: 0.9), "FedNova was told that the clients' momentum is 0.5, and their optimizer has 0.9." },
    };

    [Theory]
    [MemberData(nameof(WrongOptimizers), DisableDiscoveryEnumeration = true)]
    public async Task An_optimizer_that_the_formulas_do_not_hold_for_is_refused(
        Strategy strategy, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> optimizer, string text)
    {
        var model = Network();
        var before = Weights(model);
        var error = await Assert.ThrowsAsync<FederatedTrainingException>(() => Trainer(model, Options with { Strategy = strategy, Optimizer = optimizer }).FitAsync());
        Assert.Contains(text, error.Message);
        Assert.Equal(before, Weights(model));
    }

    /// <summary>The model after some rounds of what these strategies are when nothing happens.</summary>
    private static async Task<float[]> After(int rounds)
    {
        var model = Network();
        if (rounds > 0) await Trainer(model, Options with { Rounds = rounds }, clients: 2).FitAsync();
        return Weights(model);
    }
}
