using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class IidPartition(int seed) : Partition
{
    public override IReadOnlyList<int[]> Divide(Tensor targets, int clients)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var rows = Enumerable.Range(0, (int)targets.shape[0]).ToArray();
        if (clients > rows.Length)
            throw new ArgumentException($"There are {rows.Length} items and {clients} clients: some would have none. Take at most {rows.Length} clients.", nameof(clients));

        new Random(seed).Shuffle(rows);
        return [.. Enumerable.Range(0, clients).Select(client => rows[Cut(client)..Cut(client + 1)])];

        int Cut(int client) => (int)((long)rows.Length * client / clients);
    }

    public override string ToString() => $"IID(seed: {seed})";
}
