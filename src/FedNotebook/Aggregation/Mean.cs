using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The mean of tensors of one shape and type. Numbers are summed up in the widest type of their kind, so that the mean of
/// single-precision numbers is rounded once; of whole numbers, such as counts of batches, the mean is rounded down.
/// </summary>
internal static class Mean
{
    /// <summary>The mean, as a new tensor of the same type.</summary>
    public static Tensor Of(IReadOnlyList<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var type = tensors[0].dtype;
        var total = tensors[0].to(Wide(type), copy: true);
        foreach (var next in tensors.Skip(1)) total.add_(next);
        return total.div_(tensors.Count, Rounding(type)).to(type, copy: true).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of tensors at one worker, computed there and brought home.</summary>
    /// <param name="tensors">The pointers.</param>
    /// <param name="type">The tensors' type.</param>
    public static Tensor Of(IReadOnlyList<PointerTensor> tensors, ScalarType type)
    {
        using var scope = new PointerScope();
        var total = tensors[0].detach().to(Wide(type), copy: true);
        foreach (var next in tensors.Skip(1)) total.add_(next.detach());
        return total.div_(tensors.Count, Rounding(type)).to(type, copy: true).get();
    }

    private static ScalarType Wide(ScalarType type) =>
        is_complex(type) ? ScalarType.ComplexFloat64 : is_floating_point(type) ? ScalarType.Float64 : ScalarType.Int64;

    private static RoundingMode Rounding(ScalarType type) => is_complex(type) || is_floating_point(type) ? RoundingMode.None : RoundingMode.floor;
}
