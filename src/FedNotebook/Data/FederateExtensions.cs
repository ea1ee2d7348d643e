using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Brings TorchSharp's own data sets to workers.</summary>
public static class FederateExtensions
{
    /// <summary>
    /// Shares the items of a data set among workers: each gets the next count/workers of them, rounded up, in the order in which they are.
    /// A worker for whom nothing is left is left out.
    /// </summary>
    /// <param name="dataset">A data set of [data, target], TorchSharp's TensorDataset of two tensors for instance. Each item is read once.</param>
    /// <param name="workers">Who gets the items, each worker once.</param>
    /// <returns>The pointers to the shares.</returns>
    /// <exception cref="ArgumentException">The data set is empty or its items are not pairs, there is no worker, or one comes twice.</exception>
    public static FederatedDataset federate(this utils.data.IterableDataset dataset, params IEnumerable<BaseWorker> workers)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count <= 0)
            throw new ArgumentException("The data set has no items to share.", nameof(dataset));

        return FederatedDataset.Sent(Share.Contiguous(dataset.Count, workers), share => Send(dataset, share));
    }

    /// <summary>
    /// Divides the items of a data set among simulated clients: <c>train.federate(clients: 100, Partition.IID(seed: 1))</c>. Each item is read once, now.
    /// </summary>
    /// <param name="dataset">A data set of [data, target], TorchSharp's TensorDataset of two tensors for instance.</param>
    /// <param name="clients">The number of clients, at least 1.</param>
    /// <param name="partition">Who gets which items.</param>
    /// <returns>The clients, for a FederatedTrainer.</returns>
    /// <exception cref="ArgumentException">The data set is empty or its items are not pairs, or the rule does not fit.</exception>
    public static SimulatedClients federate(this utils.data.IterableDataset dataset, int clients, Partition partition) =>
        ReadAll(dataset).federate(clients, partition);

    /// <summary>
    /// Shares the items of a data set whose items have names among workers: each gets the next count/workers of them, rounded up, in the order in
    /// which they are. A worker for whom nothing is left is left out.
    /// </summary>
    /// <param name="dataset">A data set of "data" and "label", as those of torchvision are; <c>sy.BaseDataset</c> takes other names. Each item is read once.</param>
    /// <param name="workers">Who gets the items, each worker once.</param>
    /// <returns>The pointers to the shares.</returns>
    /// <exception cref="ArgumentException">The data set is empty or its items have other names, there is no worker, or one comes twice.</exception>
    public static FederatedDataset federate(this utils.data.Dataset dataset, params IEnumerable<BaseWorker> workers) =>
        new NamedItems(dataset).federate(workers);

    /// <summary>Divides the items of a data set whose items have names among simulated clients. Each item is read once, now.</summary>
    /// <param name="dataset">A data set of "data" and "label", as those of torchvision are; <c>sy.BaseDataset</c> takes other names.</param>
    /// <param name="clients">The number of clients, at least 1.</param>
    /// <param name="partition">Who gets which items.</param>
    /// <returns>The clients, for a FederatedTrainer.</returns>
    /// <exception cref="ArgumentException">The data set is empty or its items have other names, or the rule does not fit.</exception>
    public static SimulatedClients federate(this utils.data.Dataset dataset, int clients, Partition partition) =>
        new NamedItems(dataset).federate(clients, partition);

    /// <summary>All items of a data set, in memory.</summary>
    /// <exception cref="ArgumentException">The data set is empty, its items are not pairs, or they differ in shape.</exception>
    internal static BaseDataset ReadAll(utils.data.IterableDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count <= 0)
            throw new ArgumentException("The data set has no items.", nameof(dataset));

        using var scope = NewDisposeScope();
        var (data, targets) = Read(dataset, 0, dataset.Count);
        return new BaseDataset(data, targets);
    }

    private static PointerDataset Send(utils.data.IterableDataset dataset, Share share)
    {
        using var scope = NewDisposeScope();
        var (data, targets) = Read(dataset, share.Start, share.Length);
        return new PointerDataset(data.send(share.Worker), targets.send(share.Worker));
    }

    /// <summary>Some items of a data set, as one tensor of data and one of targets.</summary>
    internal static (Tensor data, Tensor targets) Read(utils.data.IterableDataset dataset, long start, long length)
    {
        var data = new List<Tensor>();
        var targets = new List<Tensor>();
        for (var i = start; i < start + length; i++)
        {
            var (item, target) = dataset.GetTensor(i);
            data.Add(OfOneShape(item, data, "data", i));
            targets.Add(OfOneShape(target, targets, "a target", i));
        }

        return (stack(data), stack(targets));
    }

    private static Tensor OfOneShape(Tensor item, List<Tensor> before, string what, long index)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (before.Count == 0 || item.shape.SequenceEqual(before[0].shape)) return item;
        throw new ArgumentException(
            $"Item {index} of the data set has {what} of shape [{string.Join(", ", item.shape)}], the items before it of [{string.Join(", ", before[0].shape)}]. " +
            "The items of a data set must be of one shape: crop or pad them.");
    }
}
