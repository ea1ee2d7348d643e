using static TorchSharp.torch;

namespace TorchSharp.Tests.Data;

public class DataLoaderTests
{
    private sealed class Squares : utils.data.Dataset
    {
        public override long Count => 10;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["x"] = tensor(index), ["y"] = tensor(index * index) };
    }

    [Fact]
    public void Batches_come_in_order_and_the_last_is_short()
    {
        using var loader = utils.data.DataLoader(new Squares(), 4);
        Assert.Equal(3, loader.Count);
        Assert.Equal([[0, 1, 4, 9], [16, 25, 36, 49], [64, 81]], loader.Select(b => b["y"].data<long>().ToArray()));
        using var dropping = utils.data.DataLoader(new Squares(), 4, drop_last: true);
        Assert.Equal(2, dropping.Count);
        Assert.Equal(2, dropping.Count());
    }

    [Fact]
    public void Shuffling_gives_each_once_in_another_order_each_pass()
    {
        using var loader = utils.data.DataLoader(new Squares(), 10, shuffle: true, seed: 1);
        var first = loader.Select(b => b["x"].data<long>().ToArray()).Single();
        var second = loader.Select(b => b["x"].data<long>().ToArray()).Single();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), first.Order());
        Assert.NotEqual(first, second);
        using var again = utils.data.DataLoader(new Squares(), 10, shuffle: true, seed: 1);
        Assert.Equal(first, again.Select(b => b["x"].data<long>().ToArray()).Single());
    }

    [Fact]
    public void A_batch_is_disposed_when_the_next_comes()
    {
        using var loader = utils.data.DataLoader(utils.data.TensorDataset(arange(4), arange(4) * 2), 2);
        var seen = new List<Tensor>();
        foreach (var batch in loader)
        {
            Assert.All(seen, t => Assert.True(t.IsInvalid));
            seen.AddRange(batch);
            Assert.Equal(batch[0] * 2, batch[1]);
        }

        Assert.All(seen, t => Assert.True(t.IsInvalid));
    }

    [Fact]
    public void Rows_of_different_counts_are_refused() =>
        Assert.Contains("[3], [4]", Assert.Throws<ArgumentException>(() => utils.data.TensorDataset(ones(3), ones(4))).Message);
}
