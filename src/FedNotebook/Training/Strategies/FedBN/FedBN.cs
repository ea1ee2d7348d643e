using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Federated averaging of all but batch normalization, which each client keeps for itself: its parameters and its statistics do not travel. The common
/// model has the clients' mean there, for tests and for clients that come new; <see cref="TrainingRun.WeightsOf"/> gives a client's own.
/// Li, Jiang, Zhang, Kamp, Dou, "FedBN: Federated Learning on Non-IID Features via Local Batch Normalization", ICLR 2021.
/// </summary>
/// <remarks>For a model without batch normalization it is <see cref="FedAvg"/>.</remarks>
public sealed class FedBN : Strategy
{
    private const string BatchNorm = "batch normalization";

    /// <inheritdoc/>
    public override Tensor Begin(StrategyState state, int client)
    {
        if (state.RecallOf(client, BatchNorm) is not { } own) return state.Weights;
        var weights = state.Weights.clone();
        long start = 0;
        foreach (var tensor in OwnTensors(state.Layout))
        {
            weights.narrow(0, tensor.Start, tensor.Length).copy_(own.narrow(0, start, tensor.Length));
            start += tensor.Length;
        }

        return weights;
    }

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var next = state with { Weights = updates.WeightedMean() };
        if (!OwnTensors(state.Layout).Any()) return next;
        foreach (var update in updates)
        {
            var own = cat([.. OwnTensors(state.Layout).Select(tensor => update.Weights.narrow(0, tensor.Start, tensor.Length))]);
            next = next.RememberOf(update.Client, BatchNorm, own);
        }

        return next;
    }

    /// <inheritdoc/>
    public override long BytesPerClient(ModelLayout layout) => 2 * (layout.Bytes - OwnTensors(layout).Sum(tensor => tensor.Bytes));

    private static IEnumerable<ModelTensor> OwnTensors(ModelLayout layout) =>
        layout.Tensors.Where(tensor => tensor.Module.StartsWith("BatchNorm", StringComparison.Ordinal));
}
