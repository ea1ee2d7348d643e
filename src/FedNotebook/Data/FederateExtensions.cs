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

    private static PointerDataset Send(utils.data.IterableDataset dataset, Share share)
    {
        using var scope = NewDisposeScope();
        var data = new List<Tensor>();
        var targets = new List<Tensor>();
        for (var i = share.Start; i < share.Start + share.Length; i++)
        {
            var (item, target) = dataset.GetTensor(i);
            data.Add(item);
            targets.Add(target);
        }

        return new PointerDataset(stack(data).send(share.Worker), stack(targets).send(share.Worker));
    }
}
