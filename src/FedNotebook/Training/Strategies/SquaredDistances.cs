using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>How far updates are from one another.</summary>
internal static class SquaredDistances
{
    /// <summary>The squared distances between all pairs, [n][n].</summary>
    public static double[][] Between(StrategyState state, IReadOnlyList<ClientUpdate> updates)
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
}
