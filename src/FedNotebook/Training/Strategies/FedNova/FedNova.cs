namespace FedNotebook;

/// <summary>
/// Takes out of the mean that clients with more steps go farther: each client's way is divided by its (weighted) number of steps ‖a‖₁ before the mean, and the
/// mean is multiplied by the clients' mean number. Clients that managed only a part of their epochs are taken.
/// Wang, Liu, Liang, Joshi, Poor, "Tackling the Objective Inconsistency Problem in Heterogeneous Federated Optimization", NeurIPS 2020.
/// </summary>
/// <param name="momentum">The momentum ρ of the clients' SGD, as their optimizer has it, 0 to 1 without 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The momentum is outside its range.</exception>
public sealed class FedNova(double momentum = 0) : Strategy
{
    private readonly double rho = Setting.Decay(momentum, nameof(momentum));

    /// <inheritdoc/>
    public override bool AcceptsPartialWork => true;

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        double rows = updates.Sum(update => update.Rows);
        var effective = updates.Sum(update => update.Rows / rows * StepsOf(update));
        var step = state.Parameters.zeros_like(dtype: TorchSharp.torch.ScalarType.Float64);
        foreach (var update in updates)
            step = step.add(state.ChangeTo(update.Weights), effective * update.Rows / rows / StepsOf(update));

        return state.Move(step, updates.WeightedMean());
    }

    /// <summary>‖a‖₁ of section 3 of the paper: with momentum, early gradients count in several steps.</summary>
    private double StepsOf(ClientUpdate update) => (update.Steps - (rho * (1 - Math.Pow(rho, update.Steps)) / (1 - rho))) / (1 - rho);
}
