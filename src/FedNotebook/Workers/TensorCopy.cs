using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A tensor's copy, in memory and with a history of its own: what arrives where the tensor is sent.</summary>
internal static class TensorCopy
{
    /// <summary>A copy; that of a leaf has a copy of its gradient.</summary>
    public static Tensor Of(Tensor tensor) => WithGradient(tensor, Plain(tensor, inOwnMemory: true));

    /// <summary>The tensor out of the graph in which it was or still is used; a leaf has a copy of its gradient.</summary>
    /// <param name="tensor">The tensor, which stays as it is.</param>
    /// <param name="inOwnMemory">Whether the result has memory of its own.</param>
    public static Tensor OutOfGraph(Tensor tensor, bool inOwnMemory) =>
        tensor.is_leaf && tensor.requires_grad ? WithGradient(tensor, Plain(tensor, inOwnMemory)) : Plain(tensor, inOwnMemory);

    private static Tensor Plain(Tensor tensor, bool inOwnMemory)
    {
        var plain = tensor.detach();
        if (!inOwnMemory) return plain;
        using (plain) return plain.clone();
    }

    private static Tensor WithGradient(Tensor from, Tensor copy)
    {
        copy = copy.requires_grad_(from.requires_grad);
        if (!from.requires_grad || !from.is_leaf) return copy;
        using var grad = from.grad;
        if (grad is not null) copy.grad = grad.clone();
        return copy;
    }
}
