using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fednotebook").FullName;

    private string File_ => Path.Combine(folder, "runs", "run.checkpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<Strategy> Strategies => [new FedAvg(), new FedAvgM(), new FedAdam(), new SCAFFOLD(), new FedBN()];

    [Theory]
    [MemberData(nameof(Strategies), DisableDiscoveryEnumeration = true)]
    public async Task A_resumed_training_has_the_very_numbers_of_one_that_went_through(Strategy strategy)
    {
        var options = new FederatedTrainerOptions
        {
            Rounds = 6, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 3, Strategy = strategy, Test = Blobs(30), Optimizer = p => optim.SGD(p, 0.1, momentum: strategy is SCAFFOLD ? 0 : 0.9),
        };
        var through = WithBatchNorm();
        var whole = await Trainer(through, options).FitAsync();

        await Trainer(WithBatchNorm(), options with { Rounds = 2, Checkpoint = File_ }).FitAsync();
        var resumed = WithBatchNorm();
        using (no_grad()) foreach (var parameter in resumed.parameters()) parameter.fill_(1); // what the file does not hold must not matter
        var rest = await Trainer(resumed, options with { Checkpoint = File_ }).ResumeAsync(File_);

        Assert.Equal(Weights(through), Weights(resumed));
        Assert.Equal(Metrics(whole), Metrics(rest));
        Assert.Equal([File_], Directory.GetFiles(Path.GetDirectoryName(File_)!));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_an_error_and_the_model_stays()
    {
        var options = new FederatedTrainerOptions { Rounds = 1, Seed = 1, Checkpoint = File_, Strategy = new FedAvgM() };
        await Trainer(Network(), options).FitAsync();
        var good = await File.ReadAllBytesAsync(File_);
        var model = Network(seed: 5);
        var before = Weights(model);
        var damages = Enumerable.Range(0, 40).Select(i => i * (good.Length - 1) / 39)
            .Select(at => good.Select((value, i) => i == at ? (byte)(value ^ 0x10) : value).ToArray())
            .Concat([[], [1, 2, 3], good[..^1], good[..(good.Length / 2)], [.. good, 0], new byte[good.Length]]);
        foreach (var damaged in damages)
        {
            await File.WriteAllBytesAsync(File_, damaged);
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => Trainer(model, options).ResumeAsync(File_));
            Assert.Contains(File_, error.Message);
        }

        Assert.Equal(before, Weights(model));
    }

    [Fact]
    public async Task A_checkpoint_of_another_training_is_an_error_that_says_what_differs()
    {
        var options = new FederatedTrainerOptions { Rounds = 2, Seed = 1, Checkpoint = File_ };
        await Trainer(Network(), options with { Rounds = 1 }).FitAsync();

        async Task<string> Error(FederatedTrainer trainer) => (await Assert.ThrowsAsync<ArgumentException>(() => trainer.ResumeAsync(File_))).Message;
        Assert.Contains("another strategy: FedAvg, not Median", await Error(Trainer(Network(), options with { Strategy = new Median() })));
        Assert.Contains("another model", await Error(Trainer(WithBatchNorm(), options)));
        Assert.Contains("6 clients, not 5", await Error(Trainer(Network(), options, clients: 5)));
        Assert.Contains("the seed 1, not 2", await Error(Trainer(Network(), options with { Seed = 2 })));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Trainer(Network(), options).ResumeAsync(Path.Combine(folder, "none")));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_ends_the_training_with_the_model_of_the_round_before()
    {
        var model = Network();
        var before = Weights(model);
        var error = await Assert.ThrowsAsync<IOException>(() => Trainer(model, new() { Checkpoint = folder }).FitAsync());
        Assert.Contains("could not be written", error.Message);
        Assert.Equal(before, Weights(model));
    }

    private static string Metrics(TrainingRun run) =>
        string.Join('\n', run.Rounds.Select(r => $"{r.Round} {r.TrainLoss:R} {r.TestLoss:R} {r.TestAccuracy:R} {string.Join(",", r.Clients)} {r.BytesSent}"));
}
