namespace FedNotebook;

/// <summary>
/// Federated averaging with momentum at the server: v ← β·v + Δ, w ← w + η·v, where Δ is the way from the model to the clients' mean.
/// Hsu, Qi, Brown, "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification", 2019.
/// </summary>
/// <param name="beta">The momentum β, 0 to 1 without 1; 0 is <see cref="FedAvg"/>.</param>
/// <param name="serverLearningRate">The server's learning rate η.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class FedAvgM(double beta = 0.9, double serverLearningRate = 1) : Strategy
{
    private readonly double beta = Setting.Decay(beta, nameof(beta));
    private readonly double rate = Setting.Positive(serverLearningRate, nameof(serverLearningRate));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var mean = updates.WeightedMean();
        var momentum = state.Recall("momentum").mul(beta).add(state.ChangeTo(mean));
        return state.Move(momentum.mul(rate), mean).Remember("momentum", momentum);
    }

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("beta", beta), ("serverLearningRate", rate));
}
