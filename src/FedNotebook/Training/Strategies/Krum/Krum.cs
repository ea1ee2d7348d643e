namespace FedNotebook;

/// <summary>
/// Takes the one update that is nearest to its neighbours: the smallest sum of squared distances to its n − f − 2 nearest, where n updates came and f may be bad.
/// Blanchard, El Mhamdi, Guerraoui, Stainer, "Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent", NeurIPS 2017.
/// </summary>
/// <param name="byzantine">How many clients of a round may be bad, f; a round needs at least 2·f + 3.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="byzantine"/> is below 0.</exception>
public sealed class Krum(int byzantine) : Strategy
{
    private readonly int byzantine = Setting.NotNegative(byzantine, nameof(byzantine));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        Setting.Enough(updates.Count, (2L * byzantine) + 3, $"Krum with {byzantine} bad clients");
        return state with { Weights = updates[KrumScores.Best(SquaredDistances.Between(state, updates), byzantine, 1)[0]].Weights };
    }

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("byzantine", byzantine));
}
