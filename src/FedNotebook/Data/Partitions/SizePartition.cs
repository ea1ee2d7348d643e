using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class SizePartition : Partition
{
    private readonly int[] sizes;
    private readonly int? seed;

    public SizePartition(IEnumerable<int> sizes, int? seed)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        (this.sizes, this.seed) = ([.. sizes], seed);
        if (this.sizes.Any(size => size < 0)) throw new ArgumentException($"A client cannot have {this.sizes.Min()} items.", nameof(sizes));
    }

    public override IReadOnlyList<int[]> Divide(Tensor targets, int clients)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (sizes.Length != clients) throw new ArgumentException($"There are {sizes.Length} sizes for {clients} clients; name one a client.", nameof(clients));
        var rows = Enumerable.Range(0, (int)targets.shape[0]).ToArray();
        var sum = sizes.Sum(size => (long)size);
        if (sum > rows.Length) throw new ArgumentException($"The sizes add up to {sum}, and there are {rows.Length} items.", nameof(clients));
        if (seed is { } number) new Random(number).Shuffle(rows);

        var start = 0;
        return [.. sizes.Select(size => rows[start..(start += size)])];
    }

    public override string ToString() => $"BySize({string.Join(", ", sizes.Take(10))}{(sizes.Length > 10 ? ", ..." : "")})";
}
