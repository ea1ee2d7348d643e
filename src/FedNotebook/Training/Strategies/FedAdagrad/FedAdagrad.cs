namespace FedNotebook;

/// <summary>
/// Adagrad at the server: v ← v + Δ², w ← w + η·m/(√v + τ).
/// Reddi, Charles, Zaheer, Garrett, Rush, Konečný, Kumar, McMahan, "Adaptive Federated Optimization", ICLR 2021, algorithm 2.
/// </summary>
/// <param name="serverLearningRate">The server's learning rate η.</param>
/// <param name="beta1">The momentum β₁ of the steps, 0 to 1 without 1.</param>
/// <param name="tau">The adaptivity τ, above 0: the smaller, the more the steps of different parameters are alike.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
public sealed class FedAdagrad(double serverLearningRate = 0.1, double beta1 = 0, double tau = 1e-3) : Strategy
{
    private readonly AdaptiveStep step = new(serverLearningRate, beta1, tau, static (v, square) => v.add(square));
    private readonly string text = Setting.Text(nameof(FedAdagrad), ("serverLearningRate", serverLearningRate), ("beta1", beta1), ("tau", tau));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => step.Of(state, updates);

    /// <inheritdoc/>
    public override string ToString() => text;
}
