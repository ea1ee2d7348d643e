using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

[Collection(nameof(TorchsRandomNumbers))]
public class TrainingSeedTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 4, ClientFraction = 0.5, LocalEpochs = 2, BatchSize = 5, Seed = 7 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_result_is_the_same_to_the_bit_however_many_clients_train_side_by_side(bool dropout)
    {
        var results = new List<(float[] weights, string losses)>();
        foreach (var parallel in new[] { 1, 2, 5 })
        {
            var model = dropout ? WithDropout() : WithBatchNorm();
            var run = await Trainer(model, Options with { ClientFraction = 1, Parallel = parallel }, clients: 9).FitAsync();
            results.Add((Weights(model), string.Join(' ', run.Rounds.Select(r => r.TrainLoss))));
        }

        Assert.All(results, result => Assert.Equal(results[0].weights, result.weights));
        Assert.All(results, result => Assert.Equal(results[0].losses, result.losses));
    }

    [Fact]
    public async Task Transforms_that_draw_give_the_same_training_and_the_same_test_however_many_threads()
    {
        var images = randint(0, 256, [2300, 8, 8], dtype: uint8, generator: new Generator(4));
        var drawing = transforms.Compose(transforms.RandomHorizontalFlip(), transforms.ToTensor(), transforms.RandomCrop(6, padding: 1));
        var data = new BaseDataset(images, images[TensorIndex.Ellipsis, 3].sum(1).to(int64).remainder(3), drawing);
        var results = new List<string>();
        foreach (var parallel in new[] { 1, 2, 3 })
        {
            var model = nn.Sequential(nn.Flatten(), nn.Linear(36, 3));
            using (no_grad()) foreach (var parameter in model.parameters()) parameter.fill_(0.01);
            var run = await new FederatedTrainer(model, data.federate(50, Partition.IID(1)), CrossEntropy, Options with { Parallel = parallel, ClientsPerRound = 4, Test = data }).FitAsync();
            results.Add($"{string.Join(' ', Weights(model))} {string.Join(' ', run.Rounds.Select(r => (r.TrainLoss, r.TestLoss, r.TestAccuracy)))}");
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public async Task Another_seed_gives_another_result_and_the_same_one_the_same()
    {
        async Task<float[]> With(int? seed)
        {
            var model = Network();
            manual_seed(11);
            await Trainer(model, Options with { Seed = seed }).FitAsync();
            return Weights(model);
        }

        Assert.Equal(await With(1), await With(1));
        Assert.NotEqual(await With(1), await With(2));
        Assert.Equal(await With(null), await With(null)); // torch.manual_seed decides
    }

    [Fact]
    public async Task Training_leaves_torchs_own_random_numbers_as_they_were()
    {
        var trainer = Trainer(WithDropout(), Options);
        manual_seed(5);
        var before = get_rng_state();
        await trainer.FitAsync();
        Assert.True(before.bytes.SequenceEqual(get_rng_state().bytes));
    }

    [Fact]
    public async Task A_seed_that_was_drawn_is_in_the_checkpoint()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fednotebook").FullName, "run");
        var options = new FederatedTrainerOptions { Rounds = 3, ClientFraction = 0.5 };
        manual_seed(21);
        var through = Network();
        var whole = await Trainer(through, options).FitAsync();
        manual_seed(21);
        await Trainer(Network(), options with { Rounds = 1, Checkpoint = file }).FitAsync();
        manual_seed(22);
        var resumed = Network();
        var rest = await Trainer(resumed, options).ResumeAsync(file);
        Assert.Equal((whole.Seed, whole.Rounds[^1].TrainLoss), (rest.Seed, rest.Rounds[^1].TrainLoss));
        Assert.Equal(Weights(through), Weights(resumed));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
