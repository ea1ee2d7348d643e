using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The door to it all, with PySyft's names.</summary>
public static class sy
{
    /// <summary>The worker called "me": whoever writes the notebook. It owns the pointers.</summary>
    public static VirtualWorker local_worker => WorkerRegistry.Me;

    /// <summary>What PySyft's notebooks begin with: <c>var hook = sy.TorchHook();</c>.</summary>
    public static TorchHook TorchHook() => new();

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(string id) => WorkerRegistry.GetOrAdd(id, name => new VirtualWorker(name));

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="hook">What <see cref="TorchHook"/> gave; it is not needed.</param>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(TorchHook hook, string id) => VirtualWorker(id);

    /// <summary>The worker of that name in this process, which gets these tensors: each under its own id, and not as a copy.</summary>
    /// <param name="id">The worker's name.</param>
    /// <param name="data">The tensors that the worker shall have.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(string id, IEnumerable<Tensor> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var worker = VirtualWorker(id);
        foreach (var tensor in data) worker.recv_msg(new ObjectMessage(tensor.id, tensor, Label.Of(tensor)));
        return worker;
    }

    /// <summary>Data and their targets, row by row, which can be sent to a worker or shared among several.</summary>
    /// <param name="data">The inputs, a row an item.</param>
    /// <param name="targets">What is to be learnt, as many rows as <paramref name="data"/>.</param>
    /// <param name="transform">What is done to an item's data when the item is used.</param>
    /// <exception cref="ArgumentException">The tensors have no rows, or not the same number of them.</exception>
    public static BaseDataset BaseDataset(Tensor data, Tensor targets, Transform? transform = null) => new(data, targets, transform);

    /// <summary>Reads a federated data set in batches of pointers: all of the first worker's, then the second one's, and so on.</summary>
    /// <param name="federated_dataset">What <c>federate</c> gave.</param>
    /// <param name="batch_size">The number of items in a batch; the last batch of a worker may have fewer.</param>
    /// <param name="shuffle">Whether each epoch mixes the items anew, within each worker.</param>
    /// <param name="num_iterators">How many workers take turns; 1 means one worker after another.</param>
    /// <param name="drop_last">Whether to leave out a worker's last batch when it is smaller than the others.</param>
    /// <param name="seed">Makes the shuffling repeatable; without it <c>torch.manual_seed</c> does.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch_size"/> or <paramref name="num_iterators"/> is not above 0.</exception>
    public static FederatedDataLoader FederatedDataLoader(
        FederatedDataset federated_dataset, int batch_size = 8, bool shuffle = false, int num_iterators = 1, bool drop_last = false, int? seed = null) =>
        new(federated_dataset, batch_size, shuffle, num_iterators, drop_last, seed);

    /// <summary>Opens a scope that disposes every pointer that is made in it: <c>using (sy.scope()) { ... }</c>.</summary>
    public static PointerScope scope() => new();

    /// <summary>Puts pointers to tensors of one shape at different workers together.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or two of them are at one worker.</exception>
    public static MultiPointerTensor combine_pointers(params PointerTensor[] pointers) => new(pointers);
}
