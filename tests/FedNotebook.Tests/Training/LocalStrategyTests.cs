using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Strategies that change what a client does, and the cases in which two of them are the same.</summary>
public class LocalStrategyTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 3, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 4 };

    [Fact]
    public async Task FedProx_without_strength_is_FedAvg() => Assert.Equal(await Trained(new FedAvg()), await Trained(new FedProx(mu: 0)));

    [Fact]
    public async Task FedAvgM_without_momentum_is_FedAvg() => Assert.Equal(await Trained(new FedAvg()), await Trained(new FedAvgM(beta: 0)));

    [Fact]
    public async Task FedBN_without_batch_normalization_is_FedAvg() => Assert.Equal(await Trained(new FedAvg()), await Trained(new FedBN()));

    [Fact]
    public async Task FedNova_with_equal_clients_is_FedAvg() => Close(await Trained(new FedAvg()), await Trained(new FedNova()));

    [Fact]
    public async Task SCAFFOLD_with_one_client_is_plain_training()
    {
        var one = Options with { ClientFraction = 1 };
        Close(await Trained(new FedAvg(), one, clients: 1), await Trained(new SCAFFOLD(), one, clients: 1));
    }

    [Fact]
    public async Task FedSGD_is_gradient_descent_over_all_data()
    {
        var (federated, plain, data) = (Network(), Network(), Blobs());
        await Trainer(federated, Options with { ClientFraction = 1, Strategy = new FedSGD(), Optimizer = p => optim.SGD(p, 0.3) }, clients: 7, data).FitAsync();

        var optimizer = optim.SGD(plain.parameters(), 0.3);
        for (var round = 0; round < 3; round++)
        {
            optimizer.zero_grad();
            CrossEntropy(plain.forward(data.data), data.targets).backward();
            optimizer.step();
        }

        Close(Weights(plain), Weights(federated));
    }

    [Fact]
    public async Task FedProx_pulls_towards_the_model_of_the_round()
    {
        // One weight w, loss (w - 3)²/2 and μ(w - 0)²/2, learning rate 0.1, two steps from 0.
        Assert.Equal(0.555, (await Line(new FedProx(0.5), [(1, 3)], rounds: 1, clients: 1))[0], 1e-6);
        Assert.Equal(0.57, (await Line(new FedProx(0), [(1, 3)], rounds: 1, clients: 1))[0], 1e-6);
    }

    [Fact]
    public async Task SCAFFOLD_gives_the_numbers_of_its_algorithm()
    {
        // Two clients with one row each, (1, 3) and (2, -1), two steps with learning rate 0.1: computed by hand from option II.
        Assert.Equal(0.125, (await Line(new SCAFFOLD(), [(1, 3), (2, -1)], rounds: 1, clients: 2))[0], 1e-6);
        Assert.Equal(0.16475, (await Line(new SCAFFOLD(), [(1, 3), (2, -1)], rounds: 2, clients: 2))[0], 1e-6);
    }

    [Fact]
    public async Task FedBN_leaves_each_client_its_own_batch_normalization()
    {
        var model = WithBatchNorm();
        var trainer = Trainer(model, Options with { Strategy = new FedBN(), ClientFraction = 1 }, clients: 3);
        var run = await trainer.FitAsync();
        var names = trainer.Layout.Tensors.Select(t => t.Name).ToList();
        var clients = Enumerable.Range(0, 3).Select(client => trainer.Layout.Split(run.WeightsOf(client))).ToList();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            var isOwn = name.StartsWith("1.");
            if (name == "1.num_batches_tracked") continue; // they count alike
            Assert.Equal(!isOwn, Some.Floats(clients[0][i].reshape(-1)).SequenceEqual(Some.Floats(clients[1][i].reshape(-1))));
        }

        Assert.Equal(5, names.Count(name => name.StartsWith("1.")));
        Assert.True(run.Rounds[0].BytesSent < 3 * 2 * trainer.Layout.Bytes);
    }

    [Fact]
    public async Task Stragglers_are_left_out_by_FedAvg_and_taken_by_FedProx()
    {
        var options = Options with { ClientFraction = 1, LocalEpochs = 5, Stragglers = 0.5 };
        var avg = await Trainer(Network(), options).FitAsync();
        Assert.All(avg.Rounds, round => Assert.Equal((3, 3), (round.Clients.Count, round.LeftOut.Count)));
        Assert.Matches("it managed only [1-4] of 5 epochs", avg.Rounds[0].LeftOut[0].Reason);

        var prox = await Trainer(Network(), options with { Strategy = new FedProx(0.1) }).FitAsync();
        Assert.All(prox.Rounds, round => Assert.Equal((6, 0), (round.Clients.Count, round.LeftOut.Count)));
    }

    private static async Task<float[]> Trained(Strategy strategy, FederatedTrainerOptions? options = null, int clients = 6)
    {
        var model = Network();
        await Trainer(model, (options ?? Options) with { Strategy = strategy }, clients).FitAsync();
        return Weights(model);
    }

    /// <summary>Fits y = w·x from w = 0 with one row a client, two full steps a round.</summary>
    private static async Task<float[]> Line(Strategy strategy, (float x, float y)[] rows, int rounds, int clients)
    {
        var model = nn.Linear(1, 1, hasBias: false);
        using (no_grad()) model.weight!.zero_();
        var data = new BaseDataset(tensor(rows.Select(r => r.x).ToArray()).view(-1, 1), tensor(rows.Select(r => r.y).ToArray()).view(-1, 1));
        var options = new FederatedTrainerOptions { Rounds = rounds, LocalEpochs = 2, Shuffle = false, Seed = 1, Strategy = strategy, Optimizer = p => optim.SGD(p, 0.1) };
        await new FederatedTrainer(model, new SimulatedClients(data, [.. rows.Select((_, i) => new[] { i })]), (o, t) => (o - t).pow(2).mean() / 2, options).FitAsync();
        return Weights(model);
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
