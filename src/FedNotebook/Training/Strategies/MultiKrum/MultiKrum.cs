namespace FedNotebook;

/// <summary>
/// The mean of the updates that are nearest to their neighbours, each counting alike; see <see cref="Krum"/>.
/// Blanchard, El Mhamdi, Guerraoui, Stainer, "Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent", NeurIPS 2017.
/// </summary>
/// <param name="byzantine">How many clients of a round may be bad, f; a round needs at least 2·f + 3.</param>
/// <param name="take">How many updates are taken; null: all but f.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class MultiKrum(int byzantine, int? take = null) : Strategy
{
    private readonly int byzantine = Setting.NotNegative(byzantine, nameof(byzantine));
    private readonly int? take = take is null or > 0 ? take : throw new ArgumentOutOfRangeException(nameof(take), $"take must be at least 1; it is {take}.");

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        Setting.Enough(updates.Count, Math.Max((2L * byzantine) + 3, take ?? 0), $"MultiKrum with {byzantine} bad clients");
        var best = KrumScores.Best(SquaredDistances.Between(state, updates), byzantine, take ?? updates.Count - byzantine);
        ClientUpdate[] taken = [.. best.Order().Select(i => updates[i])];
        return state with { Weights = taken.WeightedMean(static _ => 1) };
    }

    /// <inheritdoc/>
    public override string ToString() => take is { } number ? Setting.Text(Name, ("byzantine", byzantine), ("take", number)) : Setting.Text(Name, ("byzantine", byzantine));
}
