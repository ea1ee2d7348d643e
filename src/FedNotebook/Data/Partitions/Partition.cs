using TorchSharp;
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

    /// <summary>
    /// Few classes a client: the items are sorted by label and cut into shards of one size (by one item at most they differ), and each client gets some of them
    /// at random. With 100 clients, 2 shards each and MNIST it is the division of McMahan et al., "Communication-Efficient Learning of Deep Networks from
    /// Decentralized Data", 2017.
    /// </summary>
    /// <param name="shardsPerClient">The number of shards that each client gets, at least 1.</param>
    /// <param name="seed">Makes the dealing repeatable.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardsPerClient"/> is below 1.</exception>
    public static Partition LabelShards(int shardsPerClient, int seed) => new LabelShardPartition(shardsPerClient, seed);

    /// <summary>
    /// Classes in unequal shares: of each class the clients get shares that are drawn from a Dirichlet distribution. Hsu, Qi, Brown, "Measuring the Effects of
    /// Non-Identical Data Distribution for Federated Visual Classification", 2019; class by class as in Yurochkin et al., "Bayesian Nonparametric Federated Learning of Neural Networks", 2019.
    /// </summary>
    /// <param name="alpha">The concentration α, above 0: the smaller, the more unequal.</param>
    /// <param name="seed">Makes the draws repeatable.</param>
    /// <param name="minimum">The number of items that each client has at least; who would have fewer gets some of whoever has most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not above 0, or <paramref name="minimum"/> is below 0.</exception>
    public static Partition Dirichlet(double alpha, int seed, int minimum = 1) => new DirichletPartition(alpha, seed, minimum);

    /// <summary>Shares of given sizes: the first client gets the first items, the next client the next ones. What is left over belongs to nobody.</summary>
    /// <param name="sizes">The number of items of each client, 0 or more; as many as there are clients.</param>
    /// <exception cref="ArgumentException">A size is below 0.</exception>
    public static Partition BySize(params int[] sizes) => new SizePartition(sizes, null);

    /// <summary>Shares of given sizes, of mixed items. What is left over belongs to nobody.</summary>
    /// <param name="sizes">The number of items of each client, 0 or more; as many as there are clients.</param>
    /// <param name="seed">Makes the mixing repeatable.</param>
    /// <exception cref="ArgumentException">A size is below 0.</exception>
    public static Partition BySize(IEnumerable<int> sizes, int seed) => new SizePartition(sizes, seed);

    /// <summary>Divides the rows among clients.</summary>
    /// <param name="targets">The targets of all rows.</param>
    /// <param name="clients">The number of clients, at least 1.</param>
    /// <returns>The rows of each client, as many lists as clients; no row in two of them.</returns>
    /// <exception cref="ArgumentException">The rule does not fit the data or the number of clients.</exception>
    public abstract IReadOnlyList<int[]> Divide(Tensor targets, int clients);

    /// <summary>The label of each row.</summary>
    /// <exception cref="ArgumentException">The targets are no labels.</exception>
    private protected static long[] Labels(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = NewDisposeScope();
        if (is_complex(targets.dtype) || targets.numel() != targets.shape[0] || !AreWhole(targets))
        {
            throw new ArgumentException(
                $"To divide by label, the targets must be whole numbers, one a row; they are {targets.dtype} [{string.Join(", ", targets.shape)}]. Partition.IID divides any data.");
        }

        return targets.reshape(-1).to(ScalarType.Int64).data<long>().ToArray();
    }

    // Labels of two classes are often floats, because binary_cross_entropy wants them so.
    private static bool AreWhole(Tensor targets) =>
        !is_floating_point(targets.dtype) || (targets.isfinite() & (targets == targets.floor()) & (targets.abs() < 1e15)).all().item<bool>();

    /// <summary>Sees to it that each client can have so many items.</summary>
    private protected static void Enough(int rows, int clients, int each, string what)
    {
        if ((long)clients * each > rows)
            throw new ArgumentException($"There are {rows} items, too few for {clients} clients with {what}. Take at most {rows / each} clients.", nameof(clients));
    }
}
