using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>One step of each strategy against numbers that NumPy gives for the formulas of its paper.</summary>
public class StrategyTests
{
    private static readonly float[] Start = [0.5f, -1, 2];
    private static readonly ClientUpdate[] First = Updates((10, [0.6f, -1.2f, 1.5f]), (20, [0.4f, -0.7f, 2.5f]), (30, [0.9f, -1.1f, 2.2f]));
    private static readonly ClientUpdate[] Second = Updates((40, [0.7f, -0.9f, 1.8f]), (10, [0.8f, -1.3f, 2.1f]));

    private static readonly ClientUpdate[] Seven =
        Updates((1, [1, 2]), (1, [1.1f, 2.1f]), (1, [0.9f, 1.8f]), (1, [1.2f, 2.2f]), (1, [0.8f, 2.05f]), (1, [50, -40]), (1, [1.05f, 1.95f]));

    [Fact]
    public void FedAvg_weighs_by_items() => Close([0.6833333333, -0.9833333333, 2.1833333333], new FedAvg().Aggregate(State(Start), First).Weights);

    [Fact]
    public void FedSGD_weighs_by_items_and_asks_for_one_whole_batch()
    {
        Close([0.6833333333, -0.9833333333, 2.1833333333], new FedSGD().Aggregate(State(Start), First).Weights);
        Assert.Equal(new LocalWork(1, int.MaxValue, false), new FedSGD().Plan(new LocalWork(5, 10, true)));
    }

    [Fact]
    public void FedAvgM_remembers_its_momentum() =>
        Twice(new FedAvgM(beta: 0.9, serverLearningRate: 0.5), [0.5916666667, -0.9916666667, 2.0916666667], [0.7383333333, -0.9783333333, 2.0583333333]);

    [Fact]
    public void FedAdagrad_sums_squares() =>
        Twice(new FedAdagrad(serverLearningRate: 0.1, tau: 1e-3), [0.599456033, -0.9058201617, 2.099456033], [0.6541455714, -1.0021129814, 2.0203182926]);

    [Fact]
    public void FedAdam_averages_squares() =>
        Twice(new FedAdam(0.1, 0.9, 0.99, 1e-2), [0.5594093941, -0.9917033781, 2.0594093941], [0.6492468055, -0.9784220294, 2.0505368677]);

    [Fact]
    public void FedYogi_adds_squares_by_their_sign() =>
        Twice(new FedYogi(0.1, 0.9, 0.99, 1e-2), [0.5593633099, -0.991723747, 2.0593633099], [0.6489549412, -0.9784977707, 2.0505230966]);

    [Theory]
    [InlineData(0, new[] { 0.7429166667, -1.0779166667, 1.9954166667 })]
    [InlineData(0.9, new[] { 0.8294496408, -1.1966219652, 1.7449865575 })]
    public void FedNova_divides_by_steps(double momentum, double[] expected)
    {
        ClientUpdate[] updates = [First[0] with { Steps = 2 }, First[1] with { Steps = 8 }, First[2] with { Steps = 5 }];
        Close(expected, new FedNova(momentum).Aggregate(State(Start), updates).Weights);
    }

    [Fact]
    public void Median_of_odd_and_even_numbers()
    {
        Close([1.05, 2], new Median().Aggregate(State([0, 0]), Seven).Weights);
        Close([1.05, 2.025], new Median().Aggregate(State([0, 0]), Seven[..6]).Weights);
    }

    [Theory]
    [InlineData(0.2, new[] { 1.05, 1.98 })]
    [InlineData(0.3, new[] { 1.05, 2.0 })]
    public void TrimmedMean_leaves_out_both_ends(double share, double[] expected) =>
        Close(expected, new TrimmedMean(share).Aggregate(State([0, 0]), Seven).Weights);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Krum_takes_one_update(int byzantine, int chosen) =>
        Assert.Equal(Some.Floats(Seven[chosen].Weights), Some.Floats(new Krum(byzantine).Aggregate(State([0, 0]), Seven).Weights));

    [Fact]
    public void MultiKrum_takes_the_mean_of_the_best()
    {
        Close([1.05, 2.01], new MultiKrum(2).Aggregate(State([0, 0]), Seven).Weights);
        Close([1.05, 2.05], new MultiKrum(2, take: 2).Aggregate(State([0, 0]), Seven).Weights);
        Close([1.1, 2.1], new MultiKrum(2, take: 1).Aggregate(State([0, 0]), Seven).Weights);
    }

    [Fact]
    public void Bulyan_sieves_twice()
    {
        var eleven = Updates(
            (1, [-0.8f, -1.32f, -0.25f]), (1, [0.42f, 1.14f, 0.11f]), (1, [-0.55f, -0.78f, 0.75f]), (1, [1.63f, 0.27f, -1.23f]), (1, [9, 9, 9]), (1, [-1.73f, -0.08f, -1.16f]),
            (1, [-0.63f, -0.49f, -0.71f]), (1, [-8, 0.1f, 0.1f]), (1, [0.41f, 0.83f, -1.64f]), (1, [-0.26f, -0.98f, -0.17f]), (1, [-1.29f, 0.02f, -0.04f]));
        Close([-0.66, -0.75, -0.1533333333], new Bulyan(2).Aggregate(State([0, 0, 0]), eleven).Weights);
    }

    [Fact]
    public void GeometricMedian_is_Weiszfelds_point()
    {
        Close([1.0284001755, 1.986187426], new GeometricMedian(iterations: 10_000).Aggregate(State([0, 0]), Seven).Weights, 1e-5);
        ClientUpdate[] weighed = [.. Seven.Select((update, i) => update with { Rows = i + 1 })];
        Close([1.05, 1.95], new GeometricMedian(iterations: 10_000).Aggregate(State([0, 0]), weighed).Weights, 1e-5);
    }

    private static readonly Strategy[] RobustOnes = [new Median(), new TrimmedMean(0.25), new Krum(1), new MultiKrum(1), new Bulyan(1), new GeometricMedian()];

    public static TheoryData<Strategy> Robust => [.. RobustOnes];

    [Theory]
    [MemberData(nameof(Robust), DisableDiscoveryEnumeration = true)]
    public void Robust_rules_do_not_follow_an_outlier(Strategy strategy)
    {
        ClientUpdate[] far = [.. Seven.Select((update, i) => i == 5 ? update with { Weights = tensor(new[] { 1e30f, -1e30f }) } : update)];
        var weights = Some.Floats(strategy.Aggregate(State([0, 0]), far).Weights.to(float32));
        Assert.InRange(weights[0], 0.8, 1.2);
        Assert.InRange(weights[1], 1.8, 2.2);
    }

    public static TheoryData<Strategy> BearingTwo => [new Median(), new TrimmedMean(0.3), new Krum(2), new MultiKrum(2), new GeometricMedian()];

    [Theory]
    [MemberData(nameof(BearingTwo), DisableDiscoveryEnumeration = true)]
    public void Robust_rules_do_not_follow_two_outliers_whose_distances_are_beyond_all_numbers(Strategy strategy)
    {
        ClientUpdate[] far = [.. Seven];
        far[1] = far[1] with { Weights = tensor(new[] { 1e200, -1e200 }) };
        far[5] = far[5] with { Weights = tensor(new[] { 1.1e200, -1e200 }) };
        far = [.. far.Select(update => update with { Weights = update.Weights.to(float64) })];
        var weights = strategy.Aggregate(State([0, 0]), far).Weights.to(float64).data<double>().ToArray();
        Assert.InRange(weights[0], 0.8, 1.2);
        Assert.InRange(weights[1], 1.8, 2.2);
    }

    public static TheoryData<Strategy> All =>
    [
        new FedSGD(), new FedAvg(), new FedAvgM(), new FedProx(1), new FedNova(), new FedBN(), new SCAFFOLD(), .. RobustOnes,
    ];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public async Task Equal_clients_change_nothing_beside_what_each_did(Strategy strategy)
    {
        // Seven clients with the same rows take the same way, so every rule must end where one of them does.
        var (alone, together) = (Network(), Network());
        var data = Blobs(6);
        var same = new BaseDataset(data.data.repeat(7, 1), data.targets.repeat(7));
        var options = new FederatedTrainerOptions { Rounds = 2, BatchSize = int.MaxValue, Shuffle = false, Seed = 1, LocalEpochs = strategy is FedSGD ? 1 : 3 };
        await new FederatedTrainer(alone, data.federate(1, Partition.IID(1)), CrossEntropy, options).FitAsync();
        await new FederatedTrainer(together, new SimulatedClients(same, [.. Enumerable.Range(0, 7).Select(c => Enumerable.Range(c * 6, 6).ToArray())]), CrossEntropy, options with { Strategy = strategy }).FitAsync();
        if (strategy is FedAvgM or FedProx)
        {
            Assert.NotEqual(Weights(alone), Weights(together)); // these remember, and hold back
            return;
        }

        var (expected, actual) = (Weights(alone), Weights(together));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FedProx(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FedProx(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FedAvgM(beta: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FedAdam(serverLearningRate: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrimmedMean(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Krum(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiKrum(1, take: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeometricMedian(0));
    }

    [Fact]
    public void Too_few_updates_are_an_error_that_says_how_many_are_needed()
    {
        Assert.Contains("at least 7 clients, and 3 came", Assert.Throws<ArgumentException>(() => new Krum(2).Aggregate(State(Start), First)).Message);
        Assert.Contains("at least 11 clients", Assert.Throws<ArgumentException>(() => new Bulyan(2).Aggregate(State(Start), First)).Message);
        foreach (var strategy in new Strategy[] { new Krum(int.MaxValue), new MultiKrum(int.MaxValue), new Bulyan(int.MaxValue) })
            Assert.Contains("and 7 came", Assert.Throws<ArgumentException>(() => strategy.Aggregate(State([0, 0]), Seven)).Message);
    }

    [Fact]
    public void A_mean_needs_updates_and_weights_that_make_sense()
    {
        Assert.Contains("at least one update", Assert.Throws<ArgumentException>(() => Array.Empty<ClientUpdate>().WeightedMean()).Message);
        Assert.Contains("at least one update", Assert.Throws<ArgumentException>(() => Array.Empty<ClientUpdate>().Stack()).Message);
        foreach (var weight in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.Contains("must be 0 or more, and not all of them 0", Assert.Throws<ArgumentException>(() => First.WeightedMean(_ => weight)).Message);
        Close([1, -2], new[] { Seven[0] with { Weights = tensor(new[] { 1f, -2f }) }, Seven[1] }.WeightedMean(update => update.Client == 0 ? 2 : 0));
    }

    public static TheoryData<Strategy> Columnwise => [new Median(), new TrimmedMean(0.25), new Bulyan(0)];

    [Theory]
    [MemberData(nameof(Columnwise), DisableDiscoveryEnumeration = true)]
    public void A_rule_that_looks_at_each_number_by_itself_gives_the_same_for_a_long_model_and_for_its_parts(Strategy strategy)
    {
        var random = new Random(4);
        var models = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 500_001).Select(_ => (float)random.NextDouble()).ToArray()).ToArray();
        double[] Of(Range part) => strategy.Aggregate(State(models[0][part]), Updates([.. models.Select(model => (1L, model[part]))])).Weights.data<double>().ToArray();
        Assert.Equal([.. Of(..1000), .. Of(1000..300_000), .. Of(300_000..)], Of(..));
    }

    [Fact]
    public void GeometricMedian_comes_back_from_far_away_also_where_many_are_there()
    {
        ClientUpdate[] far = [.. Seven.Select((update, i) => i is 1 or 3 or 5 ? update with { Weights = tensor(new[] { 1e38f, -1e38f }) } : update)];
        Assert.All(Some.Floats(new GeometricMedian().Aggregate(State([0, 0]), far).Weights.to(float32)), number => Assert.InRange(number, 0.5f, 2.5f));
    }

    [Fact]
    public void Of_equal_updates_Krum_takes_the_earlier_one_wherever_the_model_is()
    {
        // The corners of a square and its sides' middles: each corner has the same neighbours. Seen from afar, rounding makes them differ.
        ClientUpdate[] square = Updates((1, [1, 1]), (1, [1, -1]), (1, [-1, -1]), (1, [-1, 1]));
        foreach (var start in new float[][] { [0, 0], [0.3f, 0.7f], [1e3f, -3.3e3f], [-0.1f, 1e5f] })
        {
            Close([1, 1], new Krum(0).Aggregate(State(start), square).Weights);
            Close([0, 0], new MultiKrum(0).Aggregate(State(start), square).Weights);
            Close([1, 0], new MultiKrum(0, take: 2).Aggregate(State(start), square).Weights);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counts_of_batches_are_no_distance(bool geometric)
    {
        // The last client's parameters are far from those of the others; what the counts say must not matter.
        var layout = ModelLayout.Of(nn.BatchNorm1d(2)); // weight, bias, running_mean, running_var: 2 each; num_batches_tracked
        StrategyState state = new(layout, zeros(9), Clients: 5, Seed: 1);
        Strategy strategy = geometric ? new GeometricMedian() : new Krum(1);
        Tensor Of(params float[] counts) => strategy.Aggregate(state, Updates([.. counts.Select((count, i) => (1L, (float[])[i == 4 ? 5 : 1, 1, 1, 0.1f * i, 0, 0, 1, 1, count]))])).Weights.narrow(0, 0, 8);
        Close(Of(0, 0, 0, 0, 0).to(float64).data<double>().ToArray(), Of(10, 90_000, 20, 30, 70_001));
    }

    private static void Twice(Strategy strategy, double[] afterOne, double[] afterTwo)
    {
        var once = strategy.Aggregate(State(Start), First);
        Close(afterOne, once.Weights);
        Close(afterTwo, strategy.Aggregate(once, Second).Weights);
    }
}
