using TorchSharp;

namespace FedNotebook;

/// <summary>
/// Federated averaging whose clients are held near the model they began with: μ/2·‖w − w₀‖² is added to the loss, so μ·(w − w₀) to the gradient.
/// The updates of clients that managed only a part of their epochs are taken.
/// Li, Sahu, Zaheer, Sanjabi, Talwalkar, Smith, "Federated Optimization in Heterogeneous Networks", MLSys 2020.
/// </summary>
/// <param name="mu">The strength μ, 0 or more; 0 is <see cref="FedAvg"/> that takes partial work.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="mu"/> is below 0.</exception>
public sealed class FedProx(double mu) : Strategy
{
    private readonly double mu = Setting.NotNegative(mu, nameof(mu));

    /// <inheritdoc/>
    public override bool AcceptsPartialWork => true;

    /// <inheritdoc/>
    public override void BeforeStep(ClientTraining client)
    {
        if (mu == 0) return;
        for (var i = 0; i < client.Parameters.Count; i++)
        {
            using var grad = client.Parameters[i].grad;
            grad?.add_(client.Parameters[i].sub(client.Start[i]), mu);
        }
    }

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        state with { Weights = updates.WeightedMean() };

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("mu", mu));
}
