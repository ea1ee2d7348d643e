using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Data and their targets, row by row, in this process. It can be sent to a worker, shared among several, or read in batches by
/// TorchSharp's own <c>torch.utils.data.DataLoader</c>, which gives [data, target].
/// </summary>
public class BaseDataset : utils.data.IterableDataset
{
    /// <summary>
    /// Makes a data set of two tensors. Both stay the caller's: disposing the data set does not dispose them. Their tags and descriptions go along
    /// wherever the data set is sent, and so does who may have them.
    /// </summary>
    /// <param name="data">The inputs, a row an item.</param>
    /// <param name="targets">What is to be learnt, as many rows as <paramref name="data"/>.</param>
    /// <param name="transform">What is done to an item's data when the item is used; <c>data</c> itself stays as it is.</param>
    /// <exception cref="ArgumentException">The tensors have no rows, or not the same number of them.</exception>
    public BaseDataset(Tensor data, Tensor targets, Transform? transform = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        Count = Rows(data, targets);
        ItemTransform = transform;

        // A data set outlives the scope and the variables that its tensors came from.
        this.data = Kept(data, Label.Of(data));
        this.targets = Kept(targets, Label.Of(targets));
    }

    /// <summary>Makes a data set of two tensors with a function as its transform.</summary>
    /// <param name="data">The inputs, a row an item.</param>
    /// <param name="targets">What is to be learnt, as many rows as <paramref name="data"/>.</param>
    /// <param name="transform">Takes the data of one item and gives the new ones, each time that the item is used.</param>
    /// <exception cref="ArgumentException">The tensors have no rows, or not the same number of them.</exception>
    public BaseDataset(Tensor data, Tensor targets, Func<Tensor, Tensor> transform)
        : this(data, targets, transforms.Lambda(transform))
    {
    }

    /// <summary>The inputs, a row an item, as they are before the transform.</summary>
    public Tensor data { get; private set; }

    /// <summary>What is to be learnt, a row an item.</summary>
    public Tensor targets { get; }

    /// <summary>The number of items.</summary>
    public override long Count { get; }

    /// <summary>What is done to an item's data when the item is used, if anything.</summary>
    internal Transform? ItemTransform { get; }

    /// <summary>One item, transformed.</summary>
    /// <param name="index">Its row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public (Tensor data, Tensor target) this[long index]
    {
        get
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(index), $"The data set has {Count} items, 0 to {Count - 1}; there is no item {index}.");

            using var scope = NewDisposeScope();
            var item = data[index];

            // The alias is ours to give away even when the transform returns a tensor that somebody keeps.
            return ((ItemTransform?.call(item) ?? item).alias().MoveToOuterDisposeScope(), targets[index].MoveToOuterDisposeScope());
        }
    }

    /// <summary>One item, transformed, as [data, target].</summary>
    /// <param name="index">Its row, from 0.</param>
    /// <returns>Two tensors that are the caller's to dispose.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public override IList<Tensor> GetTensor(long index)
    {
        var (item, target) = this[index];
        return [item, target];
    }

    /// <summary>Changes the data once and for all, all rows in one call.</summary>
    /// <param name="transform">Takes all data and gives the new ones, with the same number of rows.</param>
    /// <returns>This data set.</returns>
    /// <exception cref="ArgumentException">The result has another number of rows.</exception>
    public BaseDataset transform(Func<Tensor, Tensor> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        using var scope = NewDisposeScope();
        var changed = transform(data) ?? throw new ArgumentException("The function returned null; it must return the new data.", nameof(transform));
        Rows(changed, targets);
        data = Kept(changed, Label.Of(data));
        return this;
    }

    /// <summary>Sends a copy of the data and the targets to a worker. The transform is run once, here.</summary>
    /// <param name="worker">Who gets them.</param>
    /// <param name="user">Who sends them, where they are private.</param>
    /// <returns>The pointers to both, as one data set.</returns>
    /// <exception cref="SendNotPermittedError">A tensor is private, and not for that user.</exception>
    public PointerDataset send(BaseWorker worker, string? user = null)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return send(new Share(worker, 0, Count), user);
    }

    /// <summary>
    /// Shares the items among workers: each gets the next count/workers of them, rounded up, in the order in which they are.
    /// The transform is run once, here. A worker for whom nothing is left is left out.
    /// </summary>
    /// <param name="workers">Who gets the items, each worker once.</param>
    /// <returns>The pointers to the shares.</returns>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    /// <exception cref="SendNotPermittedError">A tensor is private; say who sends it.</exception>
    public FederatedDataset federate(params IEnumerable<BaseWorker> workers) =>
        FederatedDataset.Sent(Share.Contiguous(Count, workers), share => send(share, user: null));

    /// <summary>Shares items that are private among workers, as the other <c>federate</c> does: <c>data.federate([bob, alice], user: "ada")</c>.</summary>
    /// <param name="workers">Who gets the items, each worker once.</param>
    /// <param name="user">Who sends them.</param>
    /// <returns>The pointers to the shares.</returns>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    /// <exception cref="SendNotPermittedError">A tensor is private, and not for that user.</exception>
    public FederatedDataset federate(IEnumerable<BaseWorker> workers, string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return FederatedDataset.Sent(Share.Contiguous(Count, workers), share => send(share, user));
    }

    /// <summary>
    /// Divides the items among simulated clients: <c>train.federate(clients: 100, Partition.IID(seed: 1))</c>. Nothing is copied; an item is
    /// transformed when its client trains on it.
    /// </summary>
    /// <param name="clients">The number of clients, at least 1.</param>
    /// <param name="partition">Who gets which items.</param>
    /// <returns>The clients, for a FederatedTrainer.</returns>
    /// <exception cref="ArgumentException">There are more clients than the rule can serve, or it does not fit the targets.</exception>
    public SimulatedClients federate(int clients, Partition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        if (clients < 1) throw new ArgumentOutOfRangeException(nameof(clients), $"There must be at least one client; clients is {clients}.");
        var rows = partition.Divide(targets, clients) ?? throw new ArgumentException($"{partition} gave null; it must give the rows of each client.", nameof(partition));
        return rows.Count == clients
            ? new SimulatedClients(this, rows)
            : throw new ArgumentException($"{partition} gave the rows of {rows.Count} clients; there are {clients}.", nameof(partition));
    }

    /// <inheritdoc/>
    public override string ToString() => $"BaseDataset\n    Number of datapoints: {Count}\n";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            data.Dispose();
            targets.Dispose();
        }

        base.Dispose(disposing);
    }

    private static long Rows(Tensor data, Tensor targets)
    {
        if (data.dim() == 0 || targets.dim() == 0 || data.shape[0] == 0)
        {
            throw new ArgumentException(
                "A data set needs at least one row of data and of targets; " +
                $"these have the shapes [{string.Join(", ", data.shape)}] and [{string.Join(", ", targets.shape)}].");
        }

        return data.shape[0] == targets.shape[0]
            ? data.shape[0]
            : throw new ArgumentException(
                $"The input and the target must have the same number of rows; the input has {data.shape[0]}, the target {targets.shape[0]}.");
    }

    // One label for the caller's tensor and for ours: they are the same data, and a tag may be added later.
    private static Tensor Kept(Tensor tensor, Label label)
    {
        var kept = tensor.alias().DetachFromDisposeScope();
        label.Attach(kept);
        return kept;
    }

    private PointerDataset send(Share share, string? user)
    {
        using var scope = NewDisposeScope();
        var rows = data.narrow(0, share.Start, share.Length);

        // The label is for the share only, also when the transform returns a tensor that somebody keeps.
        var inputs = (ItemTransform?.CallBatch(rows) ?? rows).alias();
        var outputs = targets.narrow(0, share.Start, share.Length);
        Label.CarryToPart(Label.Of(data), inputs);
        Label.CarryToPart(Label.Of(targets), outputs);

        var sent = inputs.send(share.Worker, user);
        try
        {
            return new PointerDataset(sent, outputs.send(share.Worker, user));
        }
        catch
        {
            sent.Dispose();
            throw;
        }
    }
}
