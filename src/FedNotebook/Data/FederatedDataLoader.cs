using System.Collections;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Reads a federated data set in batches, which stay at their workers: all batches of the first worker, then all of the second one's,
/// and so on. Each <c>foreach</c> is one epoch.
/// </summary>
public sealed class FederatedDataLoader : IEnumerable<(PointerTensor data, PointerTensor target)>
{
    private readonly bool disposeBatch;
    private readonly Generator? generator;

    /// <summary>Makes a loader.</summary>
    /// <param name="federated_dataset">The data set.</param>
    /// <param name="batch_size">The number of items in a batch; the last batch of a worker may have fewer.</param>
    /// <param name="shuffle">Whether each epoch mixes the items anew. Items are mixed within a worker only: they do not leave it.</param>
    /// <param name="num_iterators">How many workers take turns; 1 means one worker after another. There are never more than workers.</param>
    /// <param name="drop_last">Whether to leave out a worker's last batch when it is smaller than the others.</param>
    /// <param name="seed">Makes the shuffling repeatable; without it <c>torch.manual_seed</c> does.</param>
    /// <param name="disposeBatch">
    /// Whether a batch is deleted at its worker when the next one is asked for. With false the pointers are the caller's to dispose.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch_size"/> or <paramref name="num_iterators"/> is not above 0.</exception>
    public FederatedDataLoader(
        FederatedDataset federated_dataset,
        int batch_size = 8,
        bool shuffle = false,
        int num_iterators = 1,
        bool drop_last = false,
        int? seed = null,
        bool disposeBatch = true)
    {
        ArgumentNullException.ThrowIfNull(federated_dataset);
        AtLeastOne(batch_size, nameof(batch_size));
        AtLeastOne(num_iterators, nameof(num_iterators));
        this.federated_dataset = federated_dataset;
        this.batch_size = batch_size;
        this.shuffle = shuffle;
        this.num_iterators = Math.Min(num_iterators, federated_dataset.workers.Count);
        this.drop_last = drop_last;
        this.disposeBatch = disposeBatch;
        generator = seed is { } number ? new Generator((ulong)number) : null;
    }

    /// <summary>The data set.</summary>
    public FederatedDataset federated_dataset { get; }

    /// <summary>The ids of the workers, in the order in which their batches come.</summary>
    public IReadOnlyList<string> workers => federated_dataset.workers;

    /// <summary>The number of items in a batch.</summary>
    public int batch_size { get; }

    /// <summary>Whether each epoch mixes the items of a worker anew.</summary>
    public bool shuffle { get; }

    /// <summary>How many workers take turns.</summary>
    public int num_iterators { get; }

    /// <summary>Whether a worker's last batch is left out when it is smaller than the others.</summary>
    public bool drop_last { get; }

    /// <summary>The number of batches in an epoch.</summary>
    public int Count => checked((int)federated_dataset.Sum(Steps));

    /// <summary>Starts an epoch.</summary>
    public IEnumerator<(PointerTensor data, PointerTensor target)> GetEnumerator()
    {
        foreach (var batch in Epoch())
        {
            try
            {
                yield return batch;
            }
            finally
            {
                if (disposeBatch) Dispose(batch);
            }
        }
    }

    /// <summary>One batch to look at, the first of an epoch: <c>var (data, target) = loader.First();</c>.</summary>
    /// <returns>Pointers that are the caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException">There is no batch: no worker has items, or none enough for a batch where smaller ones are left out.</exception>
    public (PointerTensor data, PointerTensor target) First()
    {
        foreach (var batch in Epoch()) return batch;
        throw new InvalidOperationException(drop_last
            ? $"There is no batch: no worker has {batch_size} items, and drop_last leaves smaller batches out."
            : "There is no batch: no worker has items of this data set.");
    }

    /// <summary>
    /// One epoch with all workers side by side: each step gives the next batch of each worker. It ends with the first worker that has
    /// no batch left; what the others have left is not read.
    /// </summary>
    public IEnumerable<IReadOnlyDictionary<BaseWorker, (PointerTensor data, PointerTensor target)>> iter_per_worker()
    {
        var turns = federated_dataset.Select(BatchesOf).ToList();
        while (turns.Count > 0 && turns.All(turn => turn.HasNext))
        {
            var step = new OrderedDictionary<BaseWorker, (PointerTensor data, PointerTensor target)>();
            try
            {
                foreach (var turn in turns) step.Add(turn.Worker, turn.Next()!.Value);
                yield return step;
            }
            finally
            {
                if (disposeBatch)
                {
                    foreach (var batch in step.Values) Dispose(batch);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"FederatedDataLoader\n    Distributed accross: {string.Join(", ", workers)}\n    Number of batches: {Count}\n";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The batches of one epoch by worker. The pointers are the caller's to dispose.</summary>
    internal IReadOnlyDictionary<BaseWorker, IReadOnlyList<(PointerTensor data, PointerTensor target)>> BatchesPerWorker()
    {
        var batches = Epoch().ToLookup(batch => batch.data.location);
        return new OrderedDictionary<BaseWorker, IReadOnlyList<(PointerTensor data, PointerTensor target)>>(
            federated_dataset.Select(part => KeyValuePair.Create(
                part.location, (IReadOnlyList<(PointerTensor data, PointerTensor target)>)[.. batches[part.location]])));
    }

    private static void Dispose((PointerTensor data, PointerTensor target) batch)
    {
        batch.data.Dispose();
        batch.target.Dispose();
    }

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(name, $"{name} must be at least 1; it is {value}.");
    }

    /// <summary>The batches of one epoch, in order. The pointers are the caller's to dispose.</summary>
    private IEnumerable<(PointerTensor data, PointerTensor target)> Epoch()
    {
        var waiting = new Queue<PointerDataset>(federated_dataset);
        var turns = new Queue<WorkerBatches>();
        while (turns.Count + waiting.Count > 0)
        {
            var turn = turns.Count < num_iterators && waiting.TryDequeue(out var part) ? BatchesOf(part) : turns.Dequeue();
            if (turn.Next() is not { } batch) continue;

            turns.Enqueue(turn);
            yield return batch;
        }
    }

    private WorkerBatches BatchesOf(PointerDataset part) => new(part, Order(part), batch_size, drop_last);

    private long[]? Order(PointerDataset part)
    {
        if (!shuffle) return null;

        using var order = randperm(part.Count, generator: generator);
        return order.data<long>().ToArray();
    }

    /// <summary>The number of a worker's batches in an epoch.</summary>
    internal long Steps(PointerDataset part) => (part.Count + (drop_last ? 0 : batch_size - 1)) / batch_size;
}
