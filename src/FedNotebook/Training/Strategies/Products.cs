using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The products of all pairs of the ways that the clients went. They are all that is needed for distances: between clients, and to any mean of clients. Seen from the
/// model that all began with, honest ways are short, so that their products keep their digits.
/// </summary>
internal static class Products
{
    /// <summary>So many numbers of each client are looked at together: as many as stay in the processor's cache.</summary>
    private const long AtOnce = 16 * 1024;

    /// <summary>
    /// The products in 64-bit numbers, [n][n]. The updates are read once, and no copy of them all is made. Whole numbers, such as counts of batches, are left out: they
    /// say how much a client has, and would outweigh what it learnt.
    /// </summary>
    public static double[][] Of(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var n = updates.Count;
        using var sum = zeros(n, n, dtype: ScalarType.Float64);
        foreach (var (from, length) in Runs(state.Layout).SelectMany(run => Parts(run.from, run.length)))
        {
            using var scope = NewDisposeScope();
            var begin = state.Weights.narrow(0, from, length).to(ScalarType.Float64);
            var ways = stack(updates.Select(update => update.Weights.narrow(0, from, length))).to(ScalarType.Float64).sub_(begin);
            sum.add_(ways.matmul(ways.t()));
        }

        return [.. sum.data<double>().ToArray().Chunk(n)];
    }

    /// <summary>The mean of the clients' models with given weights, whose sum is 1, in 64-bit numbers.</summary>
    public static Tensor Mean(StrategyState state, IReadOnlyList<ClientUpdate> updates, double[] weights)
    {
        using var weigh = tensor(weights);
        var means = new List<Tensor>();
        foreach (var (from, length) in Parts(0, state.Layout.Length))
        {
            using var scope = NewDisposeScope();
            var models = stack(updates.Select(update => update.Weights.narrow(0, from, length))).to(ScalarType.Float64);
            means.Add(weigh.matmul(models).DetachFromDisposeScope());
        }

        var mean = cat(means);
        means.ForEach(part => part.Dispose());
        return mean;
    }

    /// <summary>The stretches of the vector that hold no whole numbers.</summary>
    private static IEnumerable<(long from, long length)> Runs(ModelLayout layout)
    {
        long from = 0;
        foreach (var whole in layout.Tensors.Where(tensor => !is_floating_point(tensor.Type)))
        {
            yield return (from, whole.Start - from);
            from = whole.Start + whole.Length;
        }

        yield return (from, layout.Length - from);
    }

    private static IEnumerable<(long from, long length)> Parts(long from, long length)
    {
        for (var end = from + length; from < end; from += AtOnce) yield return (from, Math.Min(AtOnce, end - from));
    }
}
