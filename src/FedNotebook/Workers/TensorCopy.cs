using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A tensor's copy, in memory and with a history of its own: what arrives where the tensor is sent.</summary>
internal static class TensorCopy
{
    /// <summary>A copy; that of a leaf has a copy of its gradient.</summary>
    public static Tensor Of(Tensor tensor) => WithGradient(tensor, tensor.detach().clone());

    /// <summary>The tensor in the same memory, out of the graph in which it was or still is used. Ends the tensor.</summary>
    public static Tensor OutOfGraph(Tensor tensor)
    {
        if (!tensor.requires_grad) return tensor;
        using (tensor) return tensor.is_leaf ? WithGradient(tensor, tensor.detach()) : tensor.detach();
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
