using TorchSharp;
using TorchSharp.Modules;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fednotebook").FullName;

    private string File_ => Path.Combine(folder, "runs", "run.checkpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly Func<IEnumerable<Parameter>, optim.Optimizer> Plain = p => optim.SGD(p, 0.1), Momentum = p => optim.SGD(p, 0.1, momentum: 0.9), Adam = p => optim.Adam(p, 0.01);

    public static TheoryData<Strategy, Func<IEnumerable<Parameter>, optim.Optimizer>> Trainings => new()
    {
        { new FedSGD(), Plain }, { new FedAvg(), Momentum }, { new FedAvg(), Adam }, { new FedAvgM(), Momentum }, { new FedProx(0.1), Adam }, { new FedAdagrad(), Adam },
        { new FedAdam(), Momentum }, { new FedYogi(), Adam }, { new SCAFFOLD(), Plain }, { new FedNova(), Momentum }, { new FedBN(), Adam }, { new Median(), Momentum },
        { new TrimmedMean(), Adam }, { new Krum(0), Momentum }, { new MultiKrum(0), Adam }, { new Bulyan(0), Momentum }, { new GeometricMedian(), Adam }, { new Momentum(0.9), Plain },
    };

    [Theory]
    [MemberData(nameof(Trainings), DisableDiscoveryEnumeration = true)]
    public async Task A_resumed_training_has_the_very_numbers_of_one_that_went_through(Strategy strategy, Func<IEnumerable<Parameter>, optim.Optimizer> optimizer)
    {
        var options = new FederatedTrainerOptions
        {
            Rounds = 6, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 3, Strategy = strategy, Test = Blobs(30), Optimizer = optimizer, Parallel = 2,
        };
        var through = WithBatchNorm();
        var whole = await Trainer(through, options).FitAsync();

        // Twice interrupted; how many clients train side by side may change.
        await Trainer(WithBatchNorm(), options with { Rounds = 2, Checkpoint = File_, Parallel = 1 }).FitAsync();
        await Trainer(WithBatchNorm(), options with { Rounds = 5, Checkpoint = File_, CheckpointEvery = 3 }).ResumeAsync(File_);
        var resumed = WithBatchNorm();
        using (no_grad()) foreach (var parameter in resumed.parameters()) parameter.fill_(1); // what the file does not hold must not matter
        var trainer = Trainer(resumed, options with { Checkpoint = File_, Parallel = 1 });
        var rest = await trainer.ResumeAsync(File_);

        Assert.Equal(Weights(through), Weights(resumed));
        Assert.Equal(Metrics(whole), Metrics(rest));
        for (var client = 0; client < 6; client++) Assert.Equal(Some.Floats(whole.WeightsOf(client)), Some.Floats(rest.WeightsOf(client)));
        Assert.Equal([File_], Directory.GetFiles(Path.GetDirectoryName(File_)!));
    }

    [Fact]
    public async Task A_training_that_was_cancelled_anywhere_goes_on_to_the_same_end()
    {
        var options = new FederatedTrainerOptions { Rounds = 4, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 3, Strategy = new SCAFFOLD(), Checkpoint = File_ };
        var through = Network();
        await Trainer(through, options with { Checkpoint = null }).FitAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(File_)!);
        for (var batches = 1; batches < 4 * 3 * 6; batches += 5)
        {
            File.Delete(File_);
            using var stop = new CancellationTokenSource();
            var (model, left) = (Network(), batches);
            var cancelled = Trainer(model, options with { OnBatch = _ => { if (--left == 0) stop.Cancel(); } }).FitAsync(stop.Token);
            var error = await Record.ExceptionAsync(() => cancelled);
            if (error is not null) Assert.IsAssignableFrom<OperationCanceledException>(error);
            await (File.Exists(File_) ? Trainer(model, options).ResumeAsync(File_) : Trainer(model, options).FitAsync());
            Assert.Equal(Weights(through), Weights(model));
        }
    }

    [Fact]
    public async Task A_learning_rate_that_falls_with_the_rounds_falls_on_after_an_interruption()
    {
        async Task<float[]> Trained(int rounds, bool resume)
        {
            FederatedTrainer? trainer = null;
            var model = Network();
            trainer = Trainer(model, new() { Rounds = rounds, Seed = 1, Checkpoint = File_, Optimizer = p => optim.SGD(p, 0.3 * Math.Pow(0.5, trainer!.Run!.Rounds.Count)) });
            await (resume ? trainer.ResumeAsync(File_) : trainer.FitAsync());
            return Weights(model);
        }

        var whole = await Trained(6, resume: false);
        await Trained(3, resume: false);
        Assert.Equal(whole, await Trained(6, resume: true));
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
            .Concat(Enumerable.Range(0, 40).Select(i => good[..(i * good.Length / 40)]))
            .Concat([[1, 2, 3], good[..^1], [.. good, 0], new byte[good.Length]])
            .Concat(Enumerable.Range(0, 20).Select(seed => Noise(seed, good.Length)))
            .Concat(Enumerable.Range(0, 20).Select(seed => (byte[])[.. good[..25], .. Noise(seed, good.Length)])); // the first line is right
        foreach (var damaged in damages)
        {
            await File.WriteAllBytesAsync(File_, damaged);
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => Trainer(model, options).ResumeAsync(File_));
            Assert.Contains(File_, error.Message);
        }

        Assert.Equal(before, Weights(model));
    }

    [Theory]
    [InlineData("\"Shape\":[67]", "\"Shape\":[9007199254740993,4096]")]
    [InlineData("\"Shape\":[67]", "\"Shape\":[-1]")]
    [InlineData("\"Shape\":[67]", "\"Shape\":[66]")]
    [InlineData("\"Shape\":[67]", "\"Shape\":[67,1]")]
    [InlineData("\"Tensors\":[", "\"Tensors\":[],\"Other\":[")]
    [InlineData("\"Round\":1,", "")]
    [InlineData("{\"Settings\"", "[\"Settings\"")]
    public async Task A_header_that_cannot_be_true_is_an_error_though_its_digest_is_right(string what, string by)
    {
        var options = new FederatedTrainerOptions { Rounds = 1, Seed = 1, Checkpoint = File_ };
        await Trainer(Network(), options).FitAsync();
        var good = await File.ReadAllBytesAsync(File_);
        var length = (int)BitConverter.ToInt64(good, 25);
        var header = System.Text.Encoding.UTF8.GetString(good, 33, length);
        Assert.Contains(what, header);
        var changed = System.Text.Encoding.UTF8.GetBytes(header.Replace(what, by));
        byte[] all = [.. good[..25], .. BitConverter.GetBytes((long)changed.Length), .. changed, .. good[(33 + length)..^32]];
        await File.WriteAllBytesAsync(File_, [.. all, .. System.Security.Cryptography.SHA256.HashData(all)]);
        var model = Network(seed: 5);
        var before = Weights(model);
        Assert.Contains(File_, (await Assert.ThrowsAsync<InvalidDataException>(() => Trainer(model, options).ResumeAsync(File_))).Message);
        Assert.Equal(before, Weights(model));
    }

    [Fact]
    public async Task Options_that_the_numbers_follow_from_must_be_the_same()
    {
        var options = new FederatedTrainerOptions { Rounds = 2, Seed = 1, Checkpoint = File_, Strategy = new FedProx(0.5), LocalEpochs = 2, ClientFraction = 0.5 };
        await Trainer(Network(), options with { Rounds = 1 }).FitAsync();
        var model = Network(seed: 5);
        var before = Weights(model);
        async Task Refused(string text, FederatedTrainerOptions other, BaseDataset? data = null) => Assert.Contains(
            $"is of a training with {text}.", (await Assert.ThrowsAsync<ArgumentException>(() => Trainer(model, other, data: data).ResumeAsync(File_))).Message);
        await Refused("another strategy: FedProx(mu: 0.5), not FedProx(mu: 0.25)", options with { Strategy = new FedProx(0.25) });
        await Refused("LocalEpochs = 2, not 3", options with { LocalEpochs = 3 });
        await Refused("BatchSize = 32, not 16", options with { BatchSize = 16 });
        await Refused("Shuffle = True, not False", options with { Shuffle = false });
        await Refused("DropLast = False, not True", options with { DropLast = true });
        await Refused("Stragglers = 0, not 0.5", options with { Stragglers = 0.5 });
        await Refused("clients a round = 3, not 2", options with { ClientsPerRound = 2 });
        await Refused("90 items, not 60", options, Blobs(60));
        await Refused("other data, or data that were divided otherwise among the clients", options, Blobs(seed: 8));
        await Refused("other data, or data that were divided otherwise among the clients", options, new BaseDataset(Blobs().data, Blobs().targets.flip(0)));
        var otherwise = new FederatedTrainer(model, Blobs().federate(6, Partition.IID(seed: 2)), CrossEntropy, options);
        Assert.Contains("divided otherwise", (await Assert.ThrowsAsync<ArgumentException>(() => otherwise.ResumeAsync(File_))).Message);
        Assert.Equal(before, Weights(model));
        var rest = await Trainer(model, options with { Rounds = 3, Parallel = 1, Test = Blobs(30), TestEvery = 2, ClientsPerRound = 3, Checkpoint = null }).ResumeAsync(File_);
        Assert.Equal(3, rest.Rounds.Count);
    }

    [Fact]
    public async Task A_trainer_that_trains_cannot_resume_and_its_model_is_not_touched()
    {
        await Trainer(Network(), new() { Rounds = 1, Seed = 1, Checkpoint = File_ }).FitAsync();
        using var stop = new CancellationTokenSource();
        using var door = new ManualResetEventSlim();
        var model = Network(seed: 9);
        var before = Weights(model);
        var trainer = Trainer(model, new() { Rounds = 1, Seed = 1, OnBatch = _ => door.Wait() });
        var fit = trainer.FitAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => trainer.ResumeAsync(File_));
        Assert.Equal(before, Weights(model));
        door.Set();
        await fit;
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
        Assert.Contains("is a folder", (await Assert.ThrowsAsync<FileNotFoundException>(() => Trainer(Network(), options).ResumeAsync(folder))).Message);
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_ends_the_training_with_the_model_of_the_round_before()
    {
        var model = Network();
        var before = Weights(model);
        Directory.CreateDirectory(Path.GetDirectoryName(File_)!);
        await File.WriteAllTextAsync(File_, "");
        foreach (var nowhere in new[] { folder, Path.Combine(File_, "in a file"), Path.Combine(folder, new string('x', 300)) })
        {
            var error = await Assert.ThrowsAsync<IOException>(() => Trainer(model, new() { Checkpoint = nowhere }).FitAsync());
            Assert.Contains($"The checkpoint {nowhere} could not be written", error.Message);
            Assert.EndsWith("The model is as it was before the training.", error.Message);
            Assert.Equal(before, Weights(model));
        }

        Assert.Equal([File_], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_process_left_of_a_checkpoint_is_in_nobodys_way()
    {
        var options = new FederatedTrainerOptions { Rounds = 2, Seed = 1, Checkpoint = File_ };
        Directory.CreateDirectory(Path.GetDirectoryName(File_)!);
        await File.WriteAllTextAsync($"{File_}.part", new string('x', 100_000));
        await Trainer(Network(), options).FitAsync();
        Assert.Equal([File_], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Equal(2, (await Trainer(Network(), options).ResumeAsync(File_)).Rounds.Count);
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Metrics(TrainingRun run) =>
        string.Join('\n', run.Rounds.Select(r => $"{r.Round} {r.TrainLoss:R} {r.TestLoss:R} {r.TestAccuracy:R} {string.Join(",", r.Clients)} {r.BytesSent}"));
}
