using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Rules that look at each number of the model by itself: what all clients have there goes in, one number comes out. A stretch of the model is looked at at a time, so that
/// not all models lie in memory once more in 64 bits, sorted, and with their order.
/// </summary>
internal static class NumberByNumber
{
    /// <summary>So many numbers of all clients are looked at together.</summary>
    private const long AtOnce = 1 << 20;

    /// <summary>The model that a rule makes.</summary>
    /// <param name="updates">The updates, at least one.</param>
    /// <param name="rule">Gives the numbers, [m], of what the clients have there in 64-bit numbers, sorted, the smallest first: [clients, m].</param>
    /// <returns>A vector of 64-bit numbers.</returns>
    public static Tensor Of(IReadOnlyList<ClientUpdate> updates, Func<Tensor, Tensor> rule)
    {
        var length = updates[0].Weights.numel();
        var stretch = Math.Max(1, AtOnce / updates.Count);
        var model = empty(length, dtype: ScalarType.Float64);
        for (long from = 0; from < length; from += stretch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(stretch, length - from);
            var sorted = stack(updates.Select(update => update.Weights.narrow(0, from, count))).sort(0).Values.to(ScalarType.Float64);
            model.narrow(0, from, count).copy_(rule(sorted));
        }

        return model;
    }
}
