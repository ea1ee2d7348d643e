using FedNotebook;
using TorchSharp;

/// <summary>Shortens updates that lead too far away, then leaves them to another strategy.</summary>
public sealed class Clipped(Strategy inner, double most) : StrategyWrapper(inner)
{
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        Inner.Aggregate(state, [.. updates.Select(update => Shortened(state, update))]);

    public override string ToString() => $"{base.ToString()} to {most}";

    private ClientUpdate Shortened(StrategyState state, ClientUpdate update)
    {
        var way = update.Weights.sub(state.Weights);
        var length = way.norm().ToDouble();
        return length <= most ? update : update with { Weights = state.Weights.add(way.mul(most / length)) };
    }
}
