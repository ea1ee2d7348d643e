using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The point with the smallest sum of distances to the clients' models, each weighing as much as it has items, found by Weiszfeld's method with
/// smoothed distances.
/// Pillutla, Kakade, Harchaoui, "Robust Aggregation for Federated Learning", IEEE Transactions on Signal Processing 2022 (RFA, 2019).
/// </summary>
/// <param name="iterations">After how many steps to stop at the latest, at least 1; the paper finds 3 to be enough.</param>
/// <param name="smoothing">Distances below this one count as this one, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class GeometricMedian(int iterations = 100, double smoothing = 1e-6) : Strategy
{
    private readonly int iterations = iterations > 0 ? iterations : throw new ArgumentOutOfRangeException(nameof(iterations), $"iterations must be at least 1; it is {iterations}.");
    private readonly double smoothing = Setting.Positive(smoothing, nameof(smoothing));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var ways = updates.Stack().sub(state.Weights);
        var rows = tensor([.. updates.Select(update => (double)update.Rows)]);
        var middle = MeanOf(ways, rows);
        for (var i = 0; i < iterations; i++)
        {
            var last = middle;
            middle = MeanOf(ways, rows.div(Lengths(ways.sub(last)).clamp_min(smoothing)));
            if (Lengths(middle.sub(last).unsqueeze(0)).item<double>() <= 1e-8 * Lengths(middle.unsqueeze(0)).item<double>()) break;
        }

        return state with { Weights = middle.add(state.Weights) };
    }

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("iterations", iterations), ("smoothing", smoothing));

    private static Tensor Lengths(Tensor vectors) => vectors.square().sum(1).sqrt();

    private static Tensor MeanOf(Tensor vectors, Tensor weights) => weights.matmul(vectors).div(weights.sum());
}
