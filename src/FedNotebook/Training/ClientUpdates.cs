using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What most strategies compute of the clients' updates.</summary>
public static class ClientUpdates
{
    /// <summary>The mean of the models, each weighing as much as its client has items; summed up in 64-bit numbers.</summary>
    /// <param name="updates">The updates, at least one.</param>
    /// <returns>A vector in the models' layout and type.</returns>
    public static Tensor WeightedMean(this IReadOnlyList<ClientUpdate> updates) => updates.WeightedMean(update => update.Rows);

    /// <summary>The mean of the models with weights of one's own; summed up in 64-bit numbers.</summary>
    /// <param name="updates">The updates, at least one.</param>
    /// <param name="weight">Gives the weight of an update, 0 or more; not all may be 0.</param>
    /// <returns>A vector in the models' layout and type.</returns>
    public static Tensor WeightedMean(this IReadOnlyList<ClientUpdate> updates, Func<ClientUpdate, double> weight)
    {
        ArgumentNullException.ThrowIfNull(updates);
        ArgumentNullException.ThrowIfNull(weight);
        return FedNotebook.WeightedMean.Of([.. updates.Select(update => update.Weights)], [.. updates.Select(weight)]);
    }

    /// <summary>The models as the rows of one matrix of 64-bit numbers, [clients, numbers].</summary>
    /// <param name="updates">The updates, at least one.</param>
    public static Tensor Stack(this IReadOnlyList<ClientUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return stack(updates.Select(update => update.Weights.to(ScalarType.Float64)));
    }
}
