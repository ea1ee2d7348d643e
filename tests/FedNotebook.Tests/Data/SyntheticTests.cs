using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

public class SyntheticTests
{
    [Fact]
    public void Users_have_nine_tenths_to_train_and_the_rest_to_test()
    {
        var (train, test) = datasets.Synthetic(alpha: 1, beta: 1, seed: 2);
        Assert.Equal(30, train.Clients);
        var total = train.Count + test.Count;
        Assert.Equal(train.All.Count, total);
        Assert.InRange(test.Count / (double)total, 0.1, 0.115);
        Assert.All(Enumerable.Range(0, 30), client => Assert.True(train.RowsOf(client).Count >= 45));
        Assert.Equal([60], train[0].data.shape[1..]);
        Assert.InRange(train.All.targets.max().item<long>(), 1, 9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_data()
    {
        var (one, _) = datasets.Synthetic(0.5, 0.5, seed: 3, users: 4);
        var (two, _) = datasets.Synthetic(0.5, 0.5, seed: 3, users: 4);
        var (other, _) = datasets.Synthetic(0.5, 0.5, seed: 4, users: 4);
        Assert.Equal(Some.Floats(one[2].data), Some.Floats(two[2].data));
        Assert.NotEqual(one.Count, other.Count);
    }

    [Fact]
    public void Features_have_the_papers_variances()
    {
        var (train, _) = datasets.Synthetic(0, 0, seed: 1, users: 40, iid: true);
        var variance = train.All.data.to(float64).var(dim: 0, unbiased: true);
        foreach (var j in new[] { 0, 9, 59 }) Assert.InRange(variance[j].item<double>() / Math.Pow(j + 1, -1.2), 0.9, 1.1);
    }

    [Fact]
    public void Labels_follow_one_model_in_the_IID_variant_and_different_ones_otherwise()
    {
        // A linear model fitted to one user's data is right about another user's data only where they share the model.
        Assert.InRange(Transfer(iid: true), 0.6, 1);
        Assert.InRange(Transfer(iid: false), 0, 0.55);
    }

    private static double Transfer(bool iid)
    {
        var (train, _) = datasets.Synthetic(1, 1, seed: 6, users: 30, iid: iid);
        var largest = Enumerable.Range(0, 30).OrderByDescending(client => train.RowsOf(client).Count).Take(4).ToArray();
        var from = train[largest[0]];
        var model = nn.Linear(60, 10);
        var optimizer = optim.SGD(model.parameters(), 0.5);
        for (var i = 0; i < 300; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            F.cross_entropy(model.forward(from.data), from.targets).backward();
            optimizer.step();
        }

        return largest[1..].Average(client => sy.accuracy(model.forward(train[client].data), train[client].targets));
    }

    [Fact]
    public void Numbers_out_of_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => datasets.Synthetic(-1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => datasets.Synthetic(0, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => datasets.Synthetic(0, 0, 1, users: 0));
    }
}
