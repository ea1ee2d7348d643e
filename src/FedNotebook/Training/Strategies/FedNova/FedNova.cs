using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Takes out of the mean that clients with more steps go farther: each client's way is divided by its (weighted) number of steps ‖a‖₁ before the mean, and the
/// mean is multiplied by the clients' mean number. Clients that managed only a part of their epochs are taken. The optimizer must be SGD; with momentum, early gradients
/// count in several steps.
/// Wang, Liu, Liang, Joshi, Poor, "Tackling the Objective Inconsistency Problem in Heterogeneous Federated Optimization", NeurIPS 2020.
/// </summary>
/// <param name="momentum">The momentum ρ of the clients' SGD, 0 to 1 without 1; null: what each client's optimizer has.</param>
/// <exception cref="ArgumentOutOfRangeException">The momentum is outside its range.</exception>
public sealed class FedNova(double? momentum = null) : Strategy
{
    private const string Sum = "effective steps";
    private readonly double? rho = momentum is { } given ? Setting.Decay(given, nameof(momentum)) : null;

    /// <inheritdoc/>
    public override bool AcceptsPartialWork => true;

    /// <inheritdoc/>
    public override void BeginTraining(ClientTraining client)
    {
        var has = ClientOptimizer.SGD(client, Name).momentum ?? 0;
        if (rho is { } told && told != has)
            throw new InvalidOperationException($"FedNova was told that the clients' momentum is {told}, and their optimizer has {has}. Leave it out: FedNova sees the optimizer");
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) =>
        ImmutableDictionary<string, Tensor>.Empty.Add(Sum, tensor(Steps(client.Steps, ClientOptimizer.SGD(client, Name)), ScalarType.Float64));

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        double rows = updates.Sum(update => update.Rows);
        var effective = updates.Sum(update => update.Rows / rows * StepsOf(update));
        var step = state.Parameters.zeros_like(dtype: ScalarType.Float64);
        foreach (var update in updates)
        {
            using var scope = NewDisposeScope(); // a change is as large as the model, and there may be many clients
            step.add_(state.ChangeTo(update.Weights), effective * update.Rows / rows / StepsOf(update));
        }

        return state.Move(step, updates.WeightedMean());
    }

    /// <inheritdoc/>
    public override string ToString() => rho is { } told ? Setting.Text(Name, ("momentum", told)) : Name;

    private double StepsOf(ClientUpdate update) =>
        update.Sent.TryGetValue(Sum, out var sum) ? sum.item<double>() : Steps(update.Steps, new() { momentum = rho, dampening = 0, nesterov = false });

    /// <summary>
    /// ‖a‖₁ of section 3 of the paper: how often all gradients together are in the client's way, by SGD's own rule for gradients that are all 1. With momentum ρ alone it
    /// is (τ − ρ·(1 − ρ^τ)/(1 − ρ))/(1 − ρ).
    /// </summary>
    private static double Steps(int steps, TorchSharp.Modules.SGD.Options sgd)
    {
        var (momentum, fresh) = (sgd.momentum ?? 0, 1 - (sgd.dampening ?? 0));
        if (momentum == 0) return steps;
        var (sum, buffer) = (0.0, 0.0);
        for (var step = 0; step < steps; step++)
        {
            buffer = step == 0 ? 1 : (momentum * buffer) + fresh;
            sum += sgd.nesterov == true ? 1 + (momentum * buffer) : buffer;
        }

        return sum;
    }
}
