using FedNotebook;
using TorchSharp;

/// <summary>Shortens updates that lead too far away, then leaves them to another strategy.</summary>
public sealed class Clipped(Strategy inner, double most) : Strategy
{
    public override string Name => $"Clipped {inner.Name}";

    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        inner.Aggregate(state, [.. updates.Select(update => Shortened(state, update))]);

    private ClientUpdate Shortened(StrategyState state, ClientUpdate update)
    {
        var way = update.Weights.sub(state.Weights);
        var length = way.norm().ToDouble();
        return length <= most ? update : update with { Weights = state.Weights.add(way.mul(most / length)) };
    }
}
