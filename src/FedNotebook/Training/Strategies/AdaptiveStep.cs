using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The server's step that FedAdagrad, FedAdam and FedYogi share: m ← β₁·m + (1 − β₁)·Δ, w ← w + η·m/(√v + τ), where Δ is the way from the
/// model to the clients' mean. They differ in what becomes of v, which begins with τ².
/// Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar, McMahan, "Adaptive Federated Optimization", ICLR 2021, algorithm 2.
/// </summary>
internal sealed class AdaptiveStep(double serverLearningRate, double beta1, double tau, Func<Tensor, Tensor, Tensor> nextVariance)
{
    private readonly double rate = Setting.Positive(serverLearningRate, nameof(serverLearningRate));
    private readonly double beta1 = Setting.Decay(beta1, nameof(beta1));
    private readonly double tau = Setting.Positive(tau, nameof(tau));

    public StrategyState Of(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var mean = updates.WeightedMean();
        var change = state.ChangeTo(mean);
        var momentum = state.Recall("momentum").mul(beta1).add(change, 1 - beta1);
        var variance = nextVariance(state.Recall("variance", tau * tau), change.square());
        return state.Move(momentum.mul(rate).div(variance.sqrt().add(tau)), mean).Remember("momentum", momentum).Remember("variance", variance);
    }
}
