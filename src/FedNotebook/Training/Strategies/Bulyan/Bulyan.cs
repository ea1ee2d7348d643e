using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Two sieves: <see cref="Krum"/> chooses n − 2·f updates one after another, each time among those that are left; then the mean is taken, number by
/// number, of the n − 4·f values that are nearest to the median of the chosen; of two that are equally near, the smaller.
/// El Mhamdi, Guerraoui, Rouault, "The Hidden Vulnerability of Distributed Learning in Byzantium", ICML 2018.
/// </summary>
/// <param name="byzantine">How many clients of a round may be bad, f; a round needs at least 4·f + 3.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="byzantine"/> is below 0.</exception>
public sealed class Bulyan(int byzantine) : Strategy
{
    private readonly int byzantine = Setting.NotNegative(byzantine, nameof(byzantine));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        Setting.Enough(updates.Count, (4L * byzantine) + 3, $"Bulyan with {byzantine} bad clients");
        var distances = SquaredDistances.Between(state, updates);
        List<int> left = [.. Enumerable.Range(0, updates.Count)], chosen = [];
        while (chosen.Count < updates.Count - (2 * byzantine))
        {
            chosen.Add(KrumScores.Best(distances, byzantine, 1, left)[0]);
            left.Remove(chosen[^1]);
        }

        ClientUpdate[] good = [.. chosen.Order().Select(i => updates[i])];
        return state with { Weights = NumberByNumber.Of(good, sorted => AroundTheMedian(sorted, good.Length - (2 * byzantine))) };
    }

    private static Tensor AroundTheMedian(Tensor sorted, int count)
    {
        var nearest = sorted.sub(Median.Middle(sorted)).abs().sort(0, stable: true).Indices.narrow(0, 0, count);
        return sorted.gather(0, nearest).mean([0]);
    }

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("byzantine", byzantine));
}
