using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The weighted mean of vectors, summed up in 64-bit numbers and rounded once.</summary>
internal static class WeightedMean
{
    /// <summary>The mean, as a new tensor of the vectors' type.</summary>
    /// <param name="vectors">Vectors of one length and type, at least one.</param>
    /// <param name="weights">A weight for each, with a sum above 0.</param>
    public static Tensor Of(IReadOnlyList<Tensor> vectors, IReadOnlyList<double> weights)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var total = vectors[0].to(ScalarType.Float64, copy: true).mul_(weights[0]);
        for (var i = 1; i < vectors.Count; i++) total.add_(vectors[i], weights[i]);
        return total.div_(weights.Sum()).to(vectors[0].dtype, copy: true).MoveToOuterDisposeScope();
    }
}
