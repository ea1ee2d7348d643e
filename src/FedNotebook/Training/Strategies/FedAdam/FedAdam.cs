using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Adam at the server: v ← β₂·v + (1 − β₂)·Δ², w ← w + η·m/(√v + τ). As in the paper, without a correction of the first rounds.
/// Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar, McMahan, "Adaptive Federated Optimization", ICLR 2021, algorithm 2.
/// </summary>
/// <param name="serverLearningRate">The server's learning rate η.</param>
/// <param name="beta1">The momentum β₁ of the steps, 0 to 1 without 1.</param>
/// <param name="beta2">The momentum β₂ of the squares, 0 to 1 without 1.</param>
/// <param name="tau">The adaptivity τ, above 0: the smaller, the more the steps of different parameters are alike.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class FedAdam(double serverLearningRate = 0.01, double beta1 = 0.9, double beta2 = 0.99, double tau = 1e-3) : Strategy
{
    private readonly AdaptiveStep step = new(serverLearningRate, beta1, tau, Variance(Setting.Decay(beta2, nameof(beta2))));
    private readonly string text = Setting.Text(nameof(FedAdam), ("serverLearningRate", serverLearningRate), ("beta1", beta1), ("beta2", beta2), ("tau", tau));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => step.Of(state, updates);

    /// <inheritdoc/>
    public override string ToString() => text;

    private static Func<Tensor, Tensor, Tensor> Variance(double beta2) => (v, square) => v.mul(beta2).add(square, 1 - beta2);
}
