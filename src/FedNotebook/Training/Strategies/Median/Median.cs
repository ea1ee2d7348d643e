using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The median of the clients' models, number by number; of an even number of clients the mean of the two in the middle. It bears bad clients as long
/// as they are fewer than half.
/// Yin, Chen, Ramchandran, Bartlett, "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML 2018.
/// </summary>
public sealed class Median : Strategy
{
    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        state with { Weights = NumberByNumber.Of(updates, Middle) };

    /// <summary>The median of each column of a matrix whose columns are sorted.</summary>
    internal static Tensor Middle(Tensor sorted) => sorted[(sorted.shape[0] - 1) / 2].add(sorted[sorted.shape[0] / 2]).div(2);
}
