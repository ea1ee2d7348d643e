using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Lets <c>foreach (var (data, target) in loader)</c> read TorchSharp's own loaders.</summary>
public static class BatchExtensions
{
    /// <summary>Takes a batch of two tensors apart.</summary>
    /// <param name="batch">What a loader over [data, target] items gives.</param>
    /// <param name="data">The inputs.</param>
    /// <param name="target">What is to be learnt.</param>
    /// <exception cref="ArgumentException">The batch does not have two tensors.</exception>
    public static void Deconstruct(this IList<Tensor> batch, out Tensor data, out Tensor target)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count != 2)
            throw new ArgumentException($"(data, target) takes a batch of two tensors; this one has {batch.Count}.", nameof(batch));

        (data, target) = (batch[0], batch[1]);
    }
}
