using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class LabelShardPartition(int shardsPerClient, int seed) : Partition
{
    private readonly int shardsPerClient = shardsPerClient > 0
        ? shardsPerClient
        : throw new ArgumentOutOfRangeException(nameof(shardsPerClient), $"A client needs at least 1 shard; shardsPerClient is {shardsPerClient}.");

    public override IReadOnlyList<int[]> Divide(Tensor targets, int clients)
    {
        var labels = Labels(targets);
        Enough(labels.Length, clients, shardsPerClient, $"{shardsPerClient} shards each");
        var shards = IidPartition.Cut([.. Enumerable.Range(0, labels.Length).OrderBy(row => labels[row])], clients * shardsPerClient).ToArray();
        new Random(seed).Shuffle(shards);
        return [.. shards.Chunk(shardsPerClient).Select(own => own.SelectMany(shard => shard).ToArray())];
    }

    public override string ToString() => $"LabelShards(shardsPerClient: {shardsPerClient}, seed: {seed})";
}
