using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What most strategies compute of the clients' updates.</summary>
public static class ClientUpdates
{
    /// <summary>The mean of the models, each weighing as much as its client has items; summed up in 64-bit numbers.</summary>
    /// <param name="updates">The updates, at least one.</param>
    /// <returns>A vector in the models' layout.</returns>
    public static Tensor WeightedMean(this IReadOnlyList<ClientUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return FedNotebook.WeightedMean.Of([.. updates.Select(update => update.Weights)], [.. updates.Select(update => (double)update.Rows)]);
    }

    /// <summary>The models as the rows of one matrix: [clients, numbers].</summary>
    /// <param name="updates">The updates, at least one.</param>
    public static Tensor Stack(this IReadOnlyList<ClientUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return stack(updates.Select(update => update.Weights));
    }
}
