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
    /// <exception cref="ArgumentException">There is no update, or the weights are no such numbers.</exception>
    public static Tensor WeightedMean(this IReadOnlyList<ClientUpdate> updates, Func<ClientUpdate, double> weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        MustBeSome(updates);
        double[] weights = [.. updates.Select(weight)];
        if (weights.Any(w => !(w >= 0 && double.IsFinite(w))) || weights.All(w => w == 0))
            throw new ArgumentException($"The weights of a mean must be 0 or more, and not all of them 0; they are {string.Join(", ", weights.Take(5))}{(weights.Length > 5 ? ", ..." : "")}", nameof(weight));
        return FedNotebook.WeightedMean.Of([.. updates.Select(update => update.Weights)], weights);
    }

    /// <summary>The models as the rows of one matrix of 64-bit numbers, [clients, numbers].</summary>
    /// <param name="updates">The updates, at least one.</param>
    /// <exception cref="ArgumentException">There is no update.</exception>
    public static Tensor Stack(this IReadOnlyList<ClientUpdate> updates)
    {
        MustBeSome(updates);
        return stack(updates.Select(update => update.Weights.to(ScalarType.Float64)));
    }

    private static void MustBeSome(IReadOnlyList<ClientUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        if (updates.Count == 0) throw new ArgumentException("There must be at least one update.", nameof(updates));
    }
}
