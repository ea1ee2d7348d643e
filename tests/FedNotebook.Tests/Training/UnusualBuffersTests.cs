using TorchSharp;
using TorchSharp.Modules;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Models with tensors that do not lie in a vector of small finite numbers.</summary>
public class UnusualBuffersTests
{
    private static readonly FederatedTrainerOptions Options = new() { Rounds = 3, BatchSize = 5, Seed = 7 };

    /// <summary>A layer with a buffer that it may change when it trains.</summary>
    private sealed class WithBuffer : nn.Module<Tensor, Tensor>
    {
        private readonly Linear layer = nn.Linear(4, 3);
        private readonly Tensor buffer;
        private readonly Action<Tensor, Tensor> whenTraining;

        public WithBuffer(Tensor buffer, Action<Tensor, Tensor>? whenTraining = null) : base("WithBuffer")
        {
            (this.buffer, this.whenTraining) = (buffer, whenTraining ?? ((_, _) => { }));
            register_buffer("buffer", buffer);
            RegisterComponents();
            using var noGrad = no_grad();
            foreach (var parameter in parameters()) parameter.fill_(0.1);
        }

        public override Tensor forward(Tensor x)
        {
            using (no_grad())
                if (training) whenTraining(buffer, x);
            return layer.forward(x);
        }
    }

    public static TheoryData<Strategy> Rules => [new FedAvg(), new FedAdam(), new SCAFFOLD(), new FedBN(), new Median(), new Krum(1), new Bulyan(0), new GeometricMedian()];

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public async Task A_mask_with_infinities_stays_as_it_is_and_the_rest_learns(Strategy strategy)
    {
        var mask = tensor(new[] { 0, float.NegativeInfinity, float.NaN });
        var (model, plain) = (new WithBuffer(mask), new WithBuffer(zeros(1)));
        var run = await Trainer(model, Options with { Strategy = strategy }).FitAsync();
        await Trainer(plain, Options with { Strategy = strategy }).FitAsync();
        Assert.Equal([0, float.NegativeInfinity, float.NaN], Some.Floats(model.get_buffer("buffer")!));
        Assert.Equal(Weights(plain)[..15], Weights(model)[..15]);
        Assert.Equal(["layer.weight", "layer.bias"], run.State.Layout.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public async Task A_buffer_that_stays_begins_anew_for_each_client_so_the_result_does_not_depend_on_who_trains_beside_whom()
    {
        var results = new List<float[]>();
        foreach (var parallel in new[] { 1, 2, 4 })
        {
            var seen = new List<bool>();
            var model = new WithBuffer(tensor(float.NegativeInfinity), (most, x) =>
            {
                lock (seen) seen.Add(float.IsInfinity(most.item<float>()));
                most.copy_(maximum(most, x.max()));
            });
            await Trainer(model, Options with { Parallel = parallel, BatchSize = 15 }).FitAsync();
            Assert.All(seen, Assert.True); // one batch a client, and each finds what the model had
            Assert.Equal(float.NegativeInfinity, model.get_buffer("buffer")!.item<float>());
            results.Add(Weights(model));
        }

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [InlineData(16_777_217)]
    [InlineData(-123_456_789_012_345)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task Large_whole_numbers_keep_all_their_digits(long number)
    {
        var model = new WithBuffer(tensor(new[] { number, 5 }));
        await Trainer(model, Options).FitAsync();
        Assert.Equal([number, 5], Some.Longs(model.get_buffer("buffer")!));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public async Task A_parameter_that_is_not_finite_is_refused_by_name(float bad)
    {
        var model = Network();
        var trainer = Trainer(model, Options);
        using (no_grad()) model.parameters().First()[2, 1] = bad;
        Assert.Contains("0.weight of the model has numbers that are not finite", (await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync())).Message);
        Assert.Contains("0.weight", Assert.Throws<ArgumentException>(() => Trainer(model, Options)).Message);
        using (no_grad()) model.parameters().First()[2, 1] = 0.5f;
        Assert.Equal(3, (await trainer.FitAsync()).Rounds.Count);
    }

    [Fact]
    public async Task Frozen_parameters_stay_to_the_bit_in_64_bits_too()
    {
        var data = new BaseDataset(Blobs().data.to(float64), Blobs().targets);
        foreach (var strategy in new Strategy[] { new FedAvg(), new FedAdam(), new TrimmedMean(), new Bulyan(0), new GeometricMedian() })
        {
            var model = Network();
            model.to(float64);
            using (no_grad()) model.parameters().First().mul_(Math.PI);
            var frozen = model.parameters().First();
            frozen.requires_grad = false;
            var before = frozen.clone();
            await new FederatedTrainer(model, data.federate(7, Partition.Dirichlet(0.5, seed: 1)), CrossEntropy, Options with { Strategy = strategy, Rounds = 20 }).FitAsync();
            Assert.True(before.Equals(frozen), strategy.Name);
        }
    }
}
