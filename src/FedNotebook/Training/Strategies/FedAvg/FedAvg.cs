namespace FedNotebook;

/// <summary>
/// Federated averaging: the mean of the clients' models, each weighing as much as it has items.
/// McMahan, Moore, Ramage, Hampson, Agüera y Arcas, "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017.
/// </summary>
public sealed class FedAvg : Strategy
{
    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        state with { Weights = updates.WeightedMean() };
}
