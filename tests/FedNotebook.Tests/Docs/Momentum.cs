using FedNotebook;

/// <summary>Moves the model by a running sum of the clients' changes.</summary>
public sealed class Momentum(double beta) : Strategy
{
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var mean = updates.WeightedMean();
        var momentum = state.Recall("momentum").mul(beta).add(state.ChangeTo(mean));
        return state.Move(momentum, buffers: mean).Remember("momentum", momentum);
    }
}
