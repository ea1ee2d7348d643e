namespace FedNotebook;

/// <summary>
/// The mean of the clients' models, number by number, without the largest and the smallest ones.
/// Yin, Chen, Ramchandran, Bartlett, "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML 2018.
/// </summary>
/// <param name="share">The share of the clients that is left out at each end, 0 to 0.5 without 0.5; rounded down to whole clients.</param>
/// <exception cref="ArgumentOutOfRangeException">The share is outside its range.</exception>
public sealed class TrimmedMean(double share = 0.2) : Strategy
{
    private readonly double share = share is >= 0 and < 0.5
        ? share : throw new ArgumentOutOfRangeException(nameof(share), $"share is what is left out at each end, at least 0 and below 0.5; it is {share}.");

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var left = (int)Math.Floor((share * updates.Count) + 1e-9); // 0.1 of 10 is 1, whatever binary fractions say
        return state with { Weights = NumberByNumber.Of(updates, sorted => sorted.narrow(0, left, updates.Count - (2 * left)).mean([0])) };
    }

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("share", share));
}
