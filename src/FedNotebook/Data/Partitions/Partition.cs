using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A rule by which a data set is divided among simulated clients. The ready ones are made by the methods of this class; deriving from it makes
/// one's own. The same seed gives the same division, everywhere.
/// </summary>
public abstract class Partition
{
    /// <summary>Mixes the items and deals them out: the clients' shares differ in size by one at most.</summary>
    /// <param name="seed">Makes the mixing repeatable.</param>
    public static Partition IID(int seed) => new IidPartition(seed);

    /// <summary>Divides the rows among clients.</summary>
    /// <param name="targets">The targets of all rows.</param>
    /// <param name="clients">The number of clients, at least 1.</param>
    /// <returns>The rows of each client, as many lists as clients; no row in two of them.</returns>
    /// <exception cref="ArgumentException">The rule does not fit the data or the number of clients.</exception>
    public abstract IReadOnlyList<int[]> Divide(Tensor targets, int clients);
}
