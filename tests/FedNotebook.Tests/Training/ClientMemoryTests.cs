using TorchSharp;
using static FedNotebook.Tests.SomeTraining;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>What a strategy remembers of single clients lies on the disk: many clients cost no memory, and no state's numbers change under it.</summary>
public class ClientMemoryTests
{
    [Fact]
    public void A_tensor_comes_back_as_it_was_whatever_its_shape_and_type()
    {
        var state = State([1, 2, 3]);
        Tensor[] tensors = [rand(2, 3), arange(5), tensor(2.5), tensor(new[] { true, false }), rand(4, 4, dtype: float64).t(), zeros(0)];
        for (var i = 0; i < tensors.Length; i++) state = state.RememberOf(i % 2, $"t{i}", tensors[i]);
        for (var i = 0; i < tensors.Length; i++)
        {
            var back = state.RecallOf(i % 2, $"t{i}")!;
            Assert.Equal((tensors[i].dtype, string.Join(',', tensors[i].shape)), (back.dtype, string.Join(',', back.shape)));
            Assert.True(back.eq(tensors[i]).all().item<bool>());
        }

        Assert.Null(state.RecallOf(0, "t1"));
        Assert.Null(state.RecallOf(7, "t0"));
    }

    [Fact]
    public void A_state_does_not_change_when_another_is_made_of_it()
    {
        var one = State([1], clients: 10).RememberOf(3, "x", tensor(1f));
        var two = one.RememberOf(3, "x", tensor(2f));
        Assert.Equal((1f, 2f), (one.RecallOf(3, "x")!.item<float>(), two.RecallOf(3, "x")!.item<float>()));
        one.RecallOf(3, "x")!.fill_(9);
        Assert.Equal(1f, one.RecallOf(3, "x")!.item<float>());
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused() =>
        Assert.Contains("client 4 as \"x\"", Assert.Throws<ArgumentException>(() => State([1], clients: 10).RememberOf(4, "x", tensor(float.NaN))).Message);

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_client_that_is_not_there_is_refused(int client) => Assert.Contains(
        $"There are 3 clients, 0 to 2; there is no client {client} to remember \"x\" of.", Assert.Throws<ArgumentOutOfRangeException>(() => State([1]).RememberOf(client, "x", tensor(1f))).Message);

    [Fact]
    public void Places_that_are_free_are_used_again_and_a_state_of_a_past_round_says_so()
    {
        var first = State([1], clients: 10);
        for (var client = 0; client < 10; client++) first = first.RememberOf(client, "x", full(1000, client, dtype: float32));
        var (state, longest) = (first, first.OfClients.Length);
        for (var round = 0; round < 50; round++)
        {
            var next = state.RememberOf(round % 10, "x", full(1000, round, dtype: float32));
            state.OfClients.ForgetAllBut(next.OfClients); // as the round loop does
            state = next;
        }

        Assert.Equal(longest + 4000, state.OfClients.Length);
        for (var client = 0; client < 10; client++) Assert.Equal(40f + client, state.RecallOf(client, "x")![0].item<float>());
        Assert.Contains("a round that is over", Assert.Throws<ObjectDisposedException>(() => first.RecallOf(0, "x")).Message);
    }

    [Fact]
    public async Task SCAFFOLD_takes_room_on_the_disk_for_those_who_took_part_and_in_memory_for_none()
    {
        var data = Blobs(2000);
        var model = Network();
        var trainer = Trainer(model, new() { Rounds = 60, ClientsPerRound = 10, Seed = 2, Strategy = new SCAFFOLD() }, clients: 1000, data);
        var run = await trainer.FitAsync();
        var took = run.Rounds.SelectMany(round => round.Clients).Distinct().Count();
        Assert.InRange(took, 400, 600);
        Assert.Equal(took, run.State.OfClients.Vectors.Count);
        Assert.InRange(run.State.OfClients.Length, took * 67 * 4, (took + 10) * 67 * 4);
        Assert.Equal(["control"], run.State.Memory.Keys); // what all clients share
    }

    [Fact]
    public async Task A_strategy_of_ones_own_may_remember_its_clients()
    {
        var run = await Trainer(Network(), new() { Rounds = 5, ClientFraction = 0.5, Seed = 1, Strategy = new Counting() }).FitAsync();
        for (var client = 0; client < 6; client++)
        {
            var times = run.Rounds.Count(round => round.Clients.Contains($"client {client}"));
            Assert.Equal(times, run.State.RecallOf(client, "times")?.item<long>() ?? 0);
        }
    }

    private sealed class Counting : Strategy
    {
        public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
            updates.Aggregate(state, (next, update) => next.RememberOf(update.Client, "times", tensor((state.RecallOf(update.Client, "times")?.item<long>() ?? 0) + 1)))
                with { Weights = updates.WeightedMean() };
    }

    [Fact]
    public void Nothing_is_left_among_the_temporary_files()
    {
        if (OperatingSystem.IsWindows()) return; // there the file goes when it is closed
        var state = State([1]).RememberOf(0, "x", rand(1000));
        Assert.NotNull(state.RecallOf(0, "x"));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "fednotebook-*.vectors"));
    }
}
