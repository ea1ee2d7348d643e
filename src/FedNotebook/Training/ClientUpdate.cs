using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What a client sends home after it trained.</summary>
/// <param name="Client">The client's number, from 0.</param>
/// <param name="Name">Its name: a worker's id, or "client 17".</param>
/// <param name="Rows">The number of its items, by which <see cref="FedAvg"/> weighs it.</param>
/// <param name="Steps">The number of batches it trained on.</param>
/// <param name="Loss">The mean loss over the items of these batches.</param>
/// <param name="Weights">The model after training, as one vector.</param>
public sealed record ClientUpdate(int Client, string Name, long Rows, int Steps, double Loss, Tensor Weights)
{
    /// <summary>What the strategy's <see cref="Strategy.Finish"/> added.</summary>
    public ImmutableDictionary<string, Tensor> Sent { get; init; } = ImmutableDictionary<string, Tensor>.Empty;
}
