using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>The code of docs/writing-a-strategy.md stands in this folder too, is compiled here, and does what the page says.</summary>
public partial class WritingAStrategyTests
{
    [Fact]
    public void The_pages_code_is_the_code_that_is_compiled()
    {
        var here = Path.GetDirectoryName(ThisFile())!;
        var page = File.ReadAllText(Path.Combine(here, "..", "..", "..", "docs", "writing-a-strategy.md"));
        var blocks = Block().Matches(page);
        Assert.Equal(3, blocks.Count);
        Assert.Equal(blocks.Count, Regex.Count(page, "```csharp"));
        Assert.All(blocks, block => Assert.Equal(File.ReadAllText(Path.Combine(here, block.Groups[1].Value)), block.Groups[2].Value));
    }

    [Fact]
    public async Task BestHalf_trains()
    {
        var run = await Trainer(Network(), new() { Rounds = 40, Seed = 1, Strategy = new BestHalf(), Test = Blobs(60, seed: 8) }).FitAsync();
        Assert.True(run.Rounds[^1].TestLoss < 0.7 * run.Rounds[0].TestLoss);
        var updates = Updates((1, [1]), (3, [2]), (5, [9])).Select((update, i) => update with { Loss = i }).ToArray();
        Close([1.75], new BestHalf().Aggregate(State([0]), updates).Weights);
    }

    [Fact]
    public async Task Momentum_is_FedAvgM()
    {
        var (own, ours) = (Network(), Network());
        await Trainer(own, new() { Rounds = 4, Seed = 1, Strategy = new Momentum(0.9) }).FitAsync();
        await Trainer(ours, new() { Rounds = 4, Seed = 1, Strategy = new FedAvgM(0.9) }).FitAsync();
        Assert.Equal(Weights(ours), Weights(own));
    }

    [Fact]
    public void Clipped_limits_an_update_and_hands_on()
    {
        var updates = Updates((1, [3, 4]), (1, [0.3f, 0.4f]));
        Close([0.45, 0.6], new Clipped(new FedAvg(), most: 1).Aggregate(State([0, 0]), updates).Weights);
        Close([1.65, 2.2], new Clipped(new FedAvg(), most: 9).Aggregate(State([0, 0]), updates).Weights);
    }

    [Fact]
    public async Task A_wrapper_leaves_what_happens_at_the_clients_to_the_strategy_within()
    {
        foreach (var strategy in new Strategy[] { new FedProx(0.5), new SCAFFOLD(), new FedNova(), new FedSGD(), new FedBN() })
        {
            var (alone, wrapped) = (WithBatchNorm(), WithBatchNorm());
            var options = new FederatedTrainerOptions { Rounds = 3, Seed = 1, LocalEpochs = 3, Stragglers = 0.5, Strategy = strategy };
            var one = await Trainer(alone, options).FitAsync();
            var two = await Trainer(wrapped, options with { Strategy = new Clipped(strategy, most: 1e9) }).FitAsync();
            Assert.Equal(Weights(alone), Weights(wrapped));
            Assert.Equal(one.Rounds.Select(round => (round.TrainLoss, round.BytesSent, round.Clients.Count)), two.Rounds.Select(round => (round.TrainLoss, round.BytesSent, round.Clients.Count)));
        }

        Assert.Equal(("Clipped FedProx", "Clipped FedProx(mu: 0.5) to 2"), (new Clipped(new FedProx(0.5), 2).Name, new Clipped(new FedProx(0.5), 2).ToString()));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"<!-- test: (\S+) -->\n```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
