using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public class PartitionTests
{
    private static readonly Tensor Labels = tensor(Enumerable.Range(0, 6000).Select(i => (long)(i * 7 % 10)).ToArray());

    public static TheoryData<Partition> All =>
        [Partition.IID(3), Partition.LabelShards(2, 3), Partition.Dirichlet(0.5, 3), Partition.Dirichlet(0.001, 3), Partition.Dirichlet(1000, 3), Partition.BySize(Enumerable.Repeat(60, 100), 3)];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Every_item_belongs_to_exactly_one_client_and_the_division_repeats(Partition partition)
    {
        var one = partition.Divide(Labels, 100);
        Assert.Equal(100, one.Count);
        Assert.Equal(Enumerable.Range(0, 6000), one.SelectMany(rows => rows).Order());
        Assert.Equal(one, partition.Divide(Labels, 100));
        Assert.All(one, rows => Assert.NotEmpty(rows));
    }

    [Fact]
    public void IID_shares_differ_by_one_at_most_and_are_mixed()
    {
        var shares = Partition.IID(1).Divide(Labels, 7);
        Assert.InRange(shares.Max(s => s.Length) - shares.Min(s => s.Length), 0, 1);
        Assert.All(shares, share => Assert.InRange(ClassesOf(share).Distinct().Count(), 10, 10));
        Assert.NotEqual(shares, Partition.IID(2).Divide(Labels, 7));
    }

    [Fact]
    public void LabelShards_gives_each_client_as_many_classes_as_shards()
    {
        var shares = Partition.LabelShards(shardsPerClient: 2, seed: 1).Divide(Labels, 100); // 200 shards of 30, 600 items a class
        Assert.All(shares, share => Assert.Equal(60, share.Length));
        Assert.All(shares, share => Assert.InRange(ClassesOf(share).Distinct().Count(), 1, 2));
        Assert.Contains(shares, share => ClassesOf(share).Distinct().Count() == 2);
    }

    [Fact]
    public void Dirichlet_is_the_more_unequal_the_smaller_alpha_is()
    {
        double Purity(double alpha) => Partition.Dirichlet(alpha, 1).Divide(Labels, 20).Average(share => ClassesOf(share).CountBy(c => c).Max(c => c.Value) / (double)share.Length);
        var (near, middle, far) = (Purity(1000), Purity(0.5), Purity(0.01));
        Assert.InRange(near, 0.1, 0.15);
        Assert.InRange(far, 0.7, 1);
        Assert.True(near < middle && middle < far);
    }

    [Fact]
    public void Dirichlet_keeps_to_the_minimum()
    {
        Assert.Contains(Partition.Dirichlet(0.01, 1, minimum: 0).Divide(Labels, 100), share => share.Length == 0);
        Assert.All(Partition.Dirichlet(0.01, 1, minimum: 20).Divide(Labels, 100), share => Assert.True(share.Length >= 20));
    }

    [Fact]
    public void Dirichlet_shares_have_the_distributions_mean_and_variance()
    {
        // The share of one client in one class is Beta(a, a(K-1)): mean 1/K, variance (K-1)/(K²(Ka+1)).
        var one = zeros(1000, dtype: int64);
        var shares = Enumerable.Range(0, 400).SelectMany(seed => Partition.Dirichlet(0.5, seed, minimum: 0).Divide(one, 5).Select(rows => rows.Length / 1000.0)).ToList();
        var mean = shares.Average();
        Assert.Equal(0.2, mean, 1e-9);
        Assert.InRange(shares.Average(share => (share - mean) * (share - mean)), 0.9 * 4 / (25 * 3.5), 1.1 * 4 / (25 * 3.5));
    }

    [Fact]
    public void BySize_gives_the_sizes_in_order()
    {
        Assert.Equal([[0, 1], [], [2, 3, 4]], Partition.BySize(2, 0, 3).Divide(Labels, 3));
        Assert.Equal([2, 0, 3], Partition.BySize([2, 0, 3], seed: 1).Divide(Labels, 3).Select(rows => rows.Length));
    }

    public static TheoryData<Partition> Odd =>
        [Partition.IID(3), Partition.LabelShards(1, 3), Partition.LabelShards(3, 3), Partition.Dirichlet(0.5, 3), Partition.Dirichlet(0.5, 3, minimum: 0), Partition.Dirichlet(1e-6, 3), Partition.Dirichlet(1e9, 3)];

    [Theory]
    [MemberData(nameof(Odd), DisableDiscoveryEnumeration = true)]
    public void Odd_numbers_of_items_and_clients_lose_nothing(Partition partition)
    {
        foreach (var (items, clients) in new[] { (1, 1), (7, 1), (7, 2), (31, 7), (21, 7), (101, 3) })
        {
            // One class only, a class of one item, labels below 0.
            foreach (var labels in new[] { zeros(items, dtype: int64), (arange(items) == 0).to(int64), arange(items).remainder(5) - 2 })
            {
                if (partition.ToString()!.Contains("shardsPerClient: 3") && items < 3 * clients)
                {
                    Assert.Contains($"Take at most {items / 3} clients", Assert.Throws<ArgumentException>(() => partition.Divide(labels, clients)).Message);
                    continue;
                }

                var shares = partition.Divide(labels, clients);
                Assert.Equal(clients, shares.Count);
                Assert.Equal(Enumerable.Range(0, items), shares.SelectMany(rows => rows).Order());
                if (!partition.ToString()!.StartsWith("Dirichlet")) Assert.InRange(shares.Max(rows => rows.Length) - shares.Min(rows => rows.Length), 0, partition.ToString()!.Contains("Shards") ? 3 : 1);
            }
        }
    }

    [Fact]
    public void With_a_minimum_of_zero_there_may_be_more_clients_than_items()
    {
        var shares = Partition.Dirichlet(0.5, 1, minimum: 0).Divide(zeros(3, dtype: int64), 10);
        Assert.Equal((10, 3), (shares.Count, shares.Sum(rows => rows.Length)));
        Assert.Contains("too few for 10 clients", Assert.Throws<ArgumentException>(() => Partition.Dirichlet(0.5, 1).Divide(zeros(3, dtype: int64), 10)).Message);
        Assert.Contains("Take at most 3 clients", Assert.Throws<ArgumentException>(() => Partition.IID(1).Divide(zeros(3, dtype: int64), 10)).Message);
    }

    private sealed class Own(Func<int, IReadOnlyList<int[]>> rows) : Partition
    {
        public override IReadOnlyList<int[]> Divide(Tensor targets, int clients) => rows(clients);

        public override string ToString() => "Own";
    }

    [Fact]
    public void A_rule_of_ones_own_is_checked()
    {
        var data = new BaseDataset(zeros(3, 1), zeros(3));
        Assert.Equal([0, 2], data.federate(2, new Own(_ => [[0, 2], [1]])).RowsOf(0));
        Assert.Contains("Own gave the rows of 1 clients; there are 2", Assert.Throws<ArgumentException>(() => data.federate(2, new Own(_ => [[0]]))).Message);
        Assert.Contains("Own gave null", Assert.Throws<ArgumentException>(() => data.federate(2, new Own(_ => null!))).Message);
        Assert.Contains("rows of client 1 are null", Assert.Throws<ArgumentException>(() => data.federate(2, new Own(_ => [[0], null!]))).Message);
        Assert.Contains("Client 1 has the row -1", Assert.Throws<ArgumentException>(() => data.federate(2, new Own(_ => [[0], [-1]]))).Message);
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_says_why()
    {
        void Bad(string text, Action action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message);
        Bad("too few for 6001 clients", () => Partition.IID(1).Divide(Labels, 6001));
        Bad("Take at most 3000 clients", () => Partition.LabelShards(2, 1).Divide(Labels, 3001));
        Bad("targets must be whole numbers", () => Partition.LabelShards(2, 1).Divide(rand(10), 2));
        Bad("targets must be whole numbers", () => Partition.Dirichlet(1, 1).Divide(zeros(10, 2, dtype: int64), 2));
        Bad("There are 2 sizes for 3 clients", () => Partition.BySize(1, 2).Divide(Labels, 3));
        Bad("add up to 6001", () => Partition.BySize(6000, 1).Divide(Labels, 2));
        Bad("-1 items", () => Partition.BySize(-1));
        Bad("alpha", () => Partition.Dirichlet(0, 1));
        Bad("alpha", () => Partition.Dirichlet(double.NaN, 1));
        Bad("shardsPerClient", () => Partition.LabelShards(0, 1));
        Bad("clients", () => new BaseDataset(zeros(3, 1), zeros(3)).federate(0, Partition.IID(1)));
        Bad("0 to 2", () => new SimulatedClients(new BaseDataset(zeros(3, 1), zeros(3)), [[3]]));
        Bad("another client has already", () => new SimulatedClients(new BaseDataset(zeros(3, 1), zeros(3)), [[1], [1]]));
    }

    [Fact]
    public void TorchSharps_own_data_sets_are_divided_too()
    {
        var data = utils.data.TensorDataset(arange(10).view(10, 1).to(float32), arange(10));
        var clients = data.federate(clients: 3, Partition.BySize(2, 3, 4));
        Assert.Equal((3, 9L), (clients.Clients, clients.Count));
        Assert.Equal([2, 3, 4], Some.Longs(clients[1].targets));
    }

    [Fact]
    public void A_clients_share_is_a_data_set_with_the_same_transform()
    {
        var all = new BaseDataset(arange(6).view(6, 1).to(float32), arange(6), x => x * 10);
        var second = all.federate(2, Partition.BySize(2, 4))[1];
        Assert.Equal(4, second.Count);
        Assert.Equal(20f, second[0].data.item<float>());
    }

    [Fact]
    public void Ten_thousand_clients_take_no_room_for_data()
    {
        var all = new BaseDataset(zeros(20_000, 784, dtype: uint8), zeros(20_000, dtype: int64));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clients = all.federate(10_000, Partition.IID(1));
        Assert.Equal(10_000, clients.Clients);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000); // the data have 15,680,000 bytes
    }

    private static IEnumerable<long> ClassesOf(int[] rows)
    {
        var labels = Some.Longs(Labels);
        return rows.Select(row => labels[row]).ToList();
    }

    [Fact]
    public void Labels_may_be_floats_that_are_whole()
    {
        var floats = sy.BaseDataset(arange(40), (arange(40) % 2).to(ScalarType.Float32).unsqueeze(1)).federate(10, Partition.LabelShards(2, seed: 1));
        var wholes = sy.BaseDataset(arange(40), arange(40) % 2).federate(10, Partition.LabelShards(2, seed: 1));

        for (var client = 0; client < 10; client++) Assert.Equal(wholes.RowsOf(client), floats.RowsOf(client));
        foreach (var bad in new[] { 0.5f, float.NaN, float.PositiveInfinity, 1e30f })
            Assert.Contains("must be whole numbers", Assert.Throws<ArgumentException>(() => sy.BaseDataset(ones(2), tensor(new[] { 1, bad })).federate(1, Partition.Dirichlet(1, seed: 1))).Message);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-300)]
    [InlineData(1e-320)]
    public void Dirichlet_with_a_tiny_alpha_gives_each_class_to_a_client_at_random(double alpha)
    {
        var winners = new HashSet<int>();
        for (var seed = 0; seed < 20; seed++)
        {
            var clients = sy.BaseDataset(arange(100), zeros(100, dtype: ScalarType.Int64)).federate(4, Partition.Dirichlet(alpha, seed, minimum: 0));
            winners.Add(Enumerable.Range(0, 4).Single(client => clients.RowsOf(client).Count == 100));
        }

        Assert.Equal(4, winners.Count);
    }
}
