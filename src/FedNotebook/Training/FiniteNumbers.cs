using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What is neither NaN nor infinite: nothing else may come into a model.</summary>
internal static class FiniteNumbers
{
    public static bool Only(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.isfinite().all().item<bool>();
    }
}
