using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>How far updates are from their neighbours: the scores of Blanchard et al. (2017), which Krum, Multi-Krum and Bulyan go by.</summary>
internal static class KrumScores
{
    /// <summary>The squared distances between the updates, [n, n].</summary>
    public static double[][] Distances(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        // Seen from the model that all began with, honest updates are small, so that their distances keep their digits.
        var ways = updates.Stack().sub(state.Weights);
        var products = ways.matmul(ways.t()).data<double>().ToArray();
        var n = updates.Count;
        var distances = Enumerable.Range(0, n).Select(_ => new double[n]).ToArray();
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++)
                distances[i][j] = distances[j][i] = Math.Max(0, products[(i * n) + i] + products[(j * n) + j] - (2 * products[(i * n) + j]));

        return distances;
    }

    /// <summary>The updates with the smallest scores, the best one first; of equals the earlier one.</summary>
    /// <param name="distances">The squared distances.</param>
    /// <param name="byzantine">How many may be bad.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="among">The updates that are looked at; null for all.</param>
    public static int[] Best(double[][] distances, int byzantine, int count, IReadOnlyCollection<int>? among = null)
    {
        among ??= [.. Enumerable.Range(0, distances.Length)];
        var neighbours = Math.Max(1, among.Count - byzantine - 2);
        return [.. among.OrderBy(i => among.Where(j => j != i).Select(j => distances[i][j]).Order().Take(neighbours).Sum()).ThenBy(i => i).Take(count)];
    }
}
