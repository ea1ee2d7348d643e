using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class IidPartition(int seed) : Partition
{
    public override IReadOnlyList<int[]> Divide(Tensor targets, int clients)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var rows = Enumerable.Range(0, (int)targets.shape[0]).ToArray();
        Enough(rows.Length, clients, 1, "an item each");
        new Random(seed).Shuffle(rows);
        return Cut(rows, clients);
    }

    /// <summary>Cuts a list into parts that differ in length by one at most.</summary>
    internal static IReadOnlyList<int[]> Cut(int[] rows, int parts) =>
        [.. Enumerable.Range(0, parts).Select(part => rows[(int)((long)rows.Length * part / parts)..(int)((long)rows.Length * (part + 1) / parts)])];

    public override string ToString() => $"IID(seed: {seed})";
}
