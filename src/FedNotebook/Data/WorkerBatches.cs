using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The batches of one worker in one epoch. Each costs the same few messages, whatever its size.</summary>
/// <param name="part">The worker's data.</param>
/// <param name="order">The rows in the order in which they come, or null for the order in which they lie.</param>
/// <param name="batchSize">The number of rows in a batch.</param>
/// <param name="dropLast">Whether a smaller last batch is left out.</param>
internal sealed class WorkerBatches(PointerDataset part, long[]? order, int batchSize, bool dropLast)
{
    private long start;

    private long Length => Math.Min(batchSize, part.Count - start);

    /// <summary>The worker.</summary>
    public BaseWorker Worker => part.location;

    /// <summary>Whether there is a batch left.</summary>
    public bool HasNext => Length > 0 && !(dropLast && Length < batchSize);

    /// <summary>Makes the next batch at the worker.</summary>
    /// <returns>Pointers that are the caller's to dispose; null when there is no batch left.</returns>
    internal (PointerTensor data, PointerTensor target)? Next()
    {
        if (!HasNext) return null;

        var (first, length) = (start, Length);
        start += length;
        if (order is null) return (part.data.narrow(0, first, length), part.targets.narrow(0, first, length));

        using var rows = tensor(order[(int)first..(int)(first + length)]);
        using var index = rows.send(part.location);
        return (part.data.index_select(0, index), part.targets.index_select(0, index));
    }
}
