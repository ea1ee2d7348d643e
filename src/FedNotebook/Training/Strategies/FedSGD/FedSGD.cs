namespace FedNotebook;

/// <summary>
/// Federated SGD: each client computes one gradient over all of its data, and the server steps along their mean, each weighing as much as its
/// client has items. It is the mean of the models after one such step each, so the optimizer must be plain SGD; epochs and batch size of the options do not matter.
/// McMahan, Moore, Ramage, Hampson, Agüera y Arcas, "Communication-Efficient Learning of Deep Networks from Decentralized Data", AISTATS 2017, section 2.
/// </summary>
public sealed class FedSGD : Strategy
{
    /// <inheritdoc/>
    public override LocalWork Plan(LocalWork asked) => new(Epochs: 1, BatchSize: int.MaxValue, Shuffle: false);

    /// <inheritdoc/>
    public override void BeginTraining(ClientTraining client) => ClientOptimizer.MustBePlainSGD(client, Name);

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        state with { Weights = updates.WeightedMean() };
}
