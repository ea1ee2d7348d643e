using FedNotebook;

/// <summary>The mean of the models of those clients whose loss is in the better half.</summary>
public sealed class BestHalf : Strategy
{
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        ClientUpdate[] best = [.. updates.OrderBy(update => update.Loss).Take((updates.Count + 1) / 2)];
        return state with { Weights = best.WeightedMean() };
    }
}
