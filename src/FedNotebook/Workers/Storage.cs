using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The memory that a tensor lies in, which its views share.</summary>
internal static class Storage
{
    /// <summary>The address at which the memory begins; 0 where there is none, or none that can be told.</summary>
    public static nint Of(Tensor tensor)
    {
        try
        {
            var bytes = tensor.numel() * tensor.ElementSize;
            if (bytes is > 0 and < int.MaxValue && tensor.is_contiguous()) return Address(tensor) - (nint)(tensor.storage_offset() * tensor.ElementSize);

            // However a view lies in the memory, even an empty one, its first element can be seen through as_strided.
            using var plain = tensor.detach();
            using var start = plain.as_strided([1], [1], 0);
            return Address(start);
        }
        catch (Exception)
        {
            return 0; // no memory at all, or of another kind
        }
    }

    /// <summary>The memory of all that an object consists of: a tensor and its gradient, a module's parameters and buffers and their gradients.</summary>
    public static IEnumerable<nint> AllOf(object item) => item switch
    {
        Tensor tensor => WithGradient(tensor),
        nn.Module module => module.named_parameters().SelectMany(p => WithGradient(p.parameter)).Concat(module.named_buffers().Select(b => Of(b.buffer))),
        _ => [],
    };

    private static IEnumerable<nint> WithGradient(Tensor tensor)
    {
        if (tensor.IsInvalid) yield break;
        yield return Of(tensor);
        if (!tensor.requires_grad || !tensor.is_leaf) yield break;
        using var grad = tensor.grad;
        if (grad is not null) yield return Of(grad);
    }

    private static nint Address(Tensor tensor) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(tensor.bytes));
}
