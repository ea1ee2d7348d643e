using TorchSharp;
using static FedNotebook.Tests.PlainFederation;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>
/// Each strategy, trained by the trainer for some rounds over eleven clients of unequal size, against its paper's formula in plain arrays. Everything is in 64-bit
/// numbers, so the two may differ by rounding only.
/// </summary>
public class PaperFormulasTests
{
    private static readonly int[] Sizes = [7, 13, 5, 20, 9, 11, 8, 16, 6, 10, 12];
    private static readonly BaseDataset Data = Doubles();
    private static readonly PlainFederation Plain = new(
        [.. Data.data.data<double>().ToArray().Chunk(Features)], [.. Some.Longs(Data.targets).Select(label => (int)label)],
        [.. Partition.BySize(Sizes).Divide(Data.targets, Sizes.Length)]);

    [Fact]
    public Task FedSGD_steps_along_the_weighted_gradient() => Same(new FedSGD(), (model, chosen) =>
        Less(model, Times(Mean(chosen.Select(client => ((double)Sizes[client], Plain.GradientOf(model, client)))), Rate)));

    [Fact]
    public Task FedAvg_is_the_weighted_mean() => Same(new FedAvg(), (model, chosen) => Average(Train(model, chosen)));

    [Fact]
    public Task FedProx_adds_its_term_to_each_gradient() => Same(new FedProx(mu: 0.7), (model, chosen) =>
        Average([.. chosen.Select(client => Plain.Train(model, client, change: (now, gradient) => Add(gradient, Times(Less(now, model), 0.7))))]));

    [Fact]
    public Task FedAvgM_has_momentum_at_the_server()
    {
        var v = new double[Length];
        return Same(new FedAvgM(beta: 0.8, serverLearningRate: 0.6), (model, chosen) =>
        {
            v = Add(Times(v, 0.8), Less(Average(Train(model, chosen)), model));
            return Add(model, Times(v, 0.6));
        });
    }

    [Fact]
    public Task FedAdagrad_is_algorithm_2_of_its_paper() => Adaptive(new FedAdagrad(0.05, beta1: 0.3, tau: 0.01), 0.05, 0.3, 0.01, (v, square) => v + square);

    [Fact]
    public Task FedAdam_is_algorithm_2_of_its_paper() => Adaptive(new FedAdam(0.05, 0.85, 0.95, 0.01), 0.05, 0.85, 0.01, (v, square) => (0.95 * v) + (0.05 * square));

    [Fact]
    public Task FedYogi_is_algorithm_2_of_its_paper() =>
        Adaptive(new FedYogi(0.05, 0.85, 0.95, 0.01), 0.05, 0.85, 0.01, (v, square) => v - (0.05 * square * Math.Sign(v - square)));

    [Fact]
    public Task SCAFFOLD_is_algorithm_1_option_II_of_its_paper()
    {
        var c = new double[Length];
        var own = Sizes.Select(_ => new double[Length]).ToArray();
        return Same(new SCAFFOLD(serverLearningRate: 0.9), (model, chosen) =>
        {
            var (ways, changes) = (new List<double[]>(), new List<double[]>());
            foreach (var client in chosen)
            {
                var update = Plain.Train(model, client, change: (_, gradient) => Add(Less(gradient, own[client]), c));
                var control = Add(Less(own[client], c), Times(Less(model, update.Model), 1 / (update.Steps * Rate)));
                ways.Add(Less(update.Model, model));
                changes.Add(Less(control, own[client]));
                own[client] = control;
            }

            c = Add(c, Times(Mean(changes.Select(change => (1.0, change))), (double)chosen.Length / Sizes.Length));
            return Add(model, Times(Mean(ways.Select(way => (1.0, way))), 0.9));
        });
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.6, true)]
    public Task FedNova_normalizes_by_the_clients_steps_and_momentum(double momentum, bool nesterov)
    {
        // The norm of a from its definition: how often gradient s is in the client's way after all steps, summed over s.
        double Norm(int steps) => Enumerable.Range(0, steps).Sum(s => Enumerable.Range(s, steps - s)
            .Sum(t => nesterov ? (t == s ? 1 : 0) + Math.Pow(momentum, t - s + 1) : Math.Pow(momentum, t - s)));
        return Same(
            new FedNova(),
            (model, chosen) =>
            {
                var updates = Train(model, chosen, momentum, nesterov);
                double rows = updates.Sum(update => update.Rows);
                var direction = Mean(updates.Select(update => ((double)update.Rows, Times(Less(update.Model, model), 1 / Norm(update.Steps)))));
                return Add(model, Times(direction, updates.Sum(update => update.Rows / rows * Norm(update.Steps))));
            },
            optimizer: p => optim.SGD(p, Rate, momentum, nesterov: nesterov));
    }

    [Fact]
    public Task Median_takes_the_middle_of_each_number() => Same(new Median(), (model, chosen) => EachNumber(Train(model, chosen), sorted => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2));

    [Fact]
    public Task TrimmedMean_leaves_out_both_ends_of_each_number() => Same(new TrimmedMean(0.25), (model, chosen) =>
        EachNumber(Train(model, chosen), sorted => sorted[(sorted.Length / 4)..^(sorted.Length / 4)].Average()));

    [Fact]
    public Task Krum_takes_the_update_with_the_nearest_neighbours() => Same(new Krum(2), (model, chosen) =>
    {
        var models = Train(model, chosen).Select(update => update.Model).ToList();
        return models.MinBy(one => Score(one, models, 2))!;
    });

    [Fact]
    public Task MultiKrum_takes_the_mean_of_the_best() => Same(new MultiKrum(2, take: 4), (model, chosen) =>
    {
        var models = Train(model, chosen).Select(update => update.Model).ToList();
        return Mean(models.OrderBy(one => Score(one, models, 2)).Take(4).Select(one => (1.0, one)));
    });

    [Fact]
    public Task Bulyan_chooses_by_Krum_and_trims_around_the_median() => Same(new Bulyan(2), (model, chosen) =>
    {
        var left = Train(model, chosen).Select(update => update.Model).ToList();
        List<double[]> taken = [];
        for (var i = chosen.Length - 4; i > 0; i--)
        {
            taken.Add(left.MinBy(one => Score(one, left, 2))!);
            left.Remove(taken[^1]);
        }

        return [.. Enumerable.Range(0, Length).Select(j =>
        {
            var sorted = taken.Select(one => one[j]).Order().ToArray();
            var middle = sorted[sorted.Length / 2];
            return sorted.OrderBy(value => Math.Abs(value - middle)).Take(sorted.Length - 4).Average();
        })];
    });

    [Fact]
    public Task GeometricMedian_is_where_Weiszfelds_steps_end() => Same(
        new GeometricMedian(iterations: 5000),
        (model, chosen) =>
        {
            var updates = Train(model, chosen);
            var middle = Average(updates);
            for (var i = 0; i < 5000; i++) middle = Mean(updates.Select(update => (update.Rows / Math.Sqrt(SquaredDistance(update.Model, middle)), update.Model)));
            return middle;
        },
        tolerance: 1e-6);

    [Fact]
    public async Task FedBN_shares_all_but_batch_normalization()
    {
        // By hand, with a module a client: what is not batch normalization begins with the mean, the rest stays the client's.
        var data = Blobs();
        int[][] rows = [[.. Enumerable.Range(0, 40)], [.. Enumerable.Range(40, 30)], [.. Enumerable.Range(70, 20)]];
        var options = new FederatedTrainerOptions { Rounds = 3, BatchSize = 10, Shuffle = false, Seed = 1, Strategy = new FedBN() };
        var model = SomeTraining.WithBatchNorm();
        var trainer = new FederatedTrainer(model, new SimulatedClients(data, rows), SomeTraining.CrossEntropy, options);
        var run = await trainer.FitAsync();

        var own = rows.Select(_ => SomeTraining.WithBatchNorm()).ToArray();
        for (var round = 0; round < 3; round++)
        {
            for (var client = 0; client < 3; client++)
            {
                using var optimizer = optim.SGD(own[client].parameters(), 0.1);
                own[client].train();
                foreach (var batch in rows[client].Chunk(10))
                {
                    optimizer.zero_grad();
                    SomeTraining.CrossEntropy(own[client].forward(data.data.narrow(0, batch[0], 10)), data.targets.narrow(0, batch[0], 10)).backward();
                    optimizer.step();
                }
            }

            using var noGrad = no_grad();
            foreach (var name in own[0].state_dict().Keys.Where(name => !name.StartsWith("1.")))
            {
                var mean = own.Select((one, client) => one.state_dict()[name].detach() * (rows[client].Length / 90.0)).Aggregate((a, b) => a + b);
                foreach (var one in own) one.state_dict()[name].copy_(mean);
            }
        }

        for (var client = 0; client < 3; client++)
        {
            var parts = trainer.Layout.Split(run.WeightsOf(client));
            foreach (var (tensor, part) in trainer.Layout.Tensors.Zip(parts))
                Assert.True(own[client].state_dict()[tensor.Name].to(float32).allclose(part, 1e-4, 1e-5), $"client {client}, {tensor.Name}");
        }
    }

    private static BaseDataset Blobs() => SomeTraining.Blobs();

    private static BaseDataset Doubles()
    {
        var data = SomeTraining.Blobs(Sizes.Sum(), spread: 3);
        return new BaseDataset(data.data.to(float64), data.targets);
    }

    private static Update[] Train(double[] model, int[] chosen, double momentum = 0, bool nesterov = false) =>
        [.. chosen.Select(client => Plain.Train(model, client, momentum, nesterov))];

    private static double[] Average(Update[] updates) => Mean(updates.Select(update => ((double)update.Rows, update.Model)));

    private static double[] EachNumber(Update[] updates, Func<double[], double> rule) =>
        [.. Enumerable.Range(0, Length).Select(j => rule([.. updates.Select(update => update.Model[j]).Order()]))];

    private static double Score(double[] one, IReadOnlyCollection<double[]> among, int bad) =>
        among.Where(other => !ReferenceEquals(one, other)).Select(other => SquaredDistance(one, other)).Order().Take(Math.Max(1, among.Count - bad - 2)).Sum();

    private static Task Adaptive(Strategy strategy, double rate, double beta1, double tau, Func<double, double, double> nextV)
    {
        var (m, v) = (new double[Length], Enumerable.Repeat(tau * tau, Length).ToArray());
        return Same(strategy, (model, chosen) =>
        {
            var change = Less(Average(Train(model, chosen)), model);
            m = Add(Times(m, beta1), Times(change, 1 - beta1));
            v = [.. v.Zip(change, (old, way) => nextV(old, way * way))];
            return Add(model, [.. m.Zip(v, (step, size) => rate * step / (Math.Sqrt(size) + tau))]);
        });
    }

    /// <summary>Four rounds by the trainer and by the formula: the models must agree after each.</summary>
    private static async Task Same(
        Strategy strategy, Func<double[], int[], double[]> round, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer>? optimizer = null, double tolerance = 1e-10)
    {
        // The robust rules need all eleven; the others are to see clients that come and go.
        var robust = strategy is Median or TrimmedMean or Krum or MultiKrum or Bulyan or GeometricMedian;
        var model = nn.Linear(Features, Classes, dtype: float64);
        var random = new Random(5);
        using (no_grad())
            foreach (var parameter in model.parameters()) parameter.copy_(tensor(Enumerable.Range(0, (int)parameter.numel()).Select(_ => random.NextDouble() - 0.5).ToArray()).view(parameter.shape));
        var expected = Numbers(model);
        var models = new List<double[]>();
        var run = await new FederatedTrainer(model, Data.federate(Sizes.Length, Partition.BySize(Sizes)), SomeTraining.CrossEntropy, new()
        {
            Rounds = 4, ClientsPerRound = robust ? Sizes.Length : 5, LocalEpochs = Epochs, BatchSize = BatchSize, Shuffle = false, Seed = 6, Strategy = strategy,
            Optimizer = optimizer ?? (p => optim.SGD(p, Rate)), OnRound = _ => models.Add(Numbers(model)),
        }).FitAsync();

        Assert.Equal(4, models.Count);
        for (var i = 0; i < 4; i++)
        {
            var before = expected;
            expected = round(expected, [.. run.Rounds[i].Clients.Select(name => int.Parse(name["client ".Length..]))]);
            for (var j = 0; j < Length; j++) Assert.Equal(expected[j], models[i][j], tolerance);
            Assert.True(Math.Sqrt(SquaredDistance(before, expected)) > 1e-3, "nothing was learnt, so nothing was compared");
        }
    }

    private static double[] Numbers(nn.Module model) => [.. model.parameters().SelectMany(parameter => parameter.detach().data<double>().ToArray())];
}
