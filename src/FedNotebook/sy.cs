using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The door to it all, with PySyft's names.</summary>
public static class sy
{
    /// <summary>The worker called "me": whoever writes the notebook. It owns the pointers.</summary>
    public static VirtualWorker local_worker => WorkerRegistry.Me;

    /// <summary>Where all ids come from.</summary>
    public static IdProvider ID_PROVIDER => IdProvider.Shared;

    /// <summary>What PySyft's notebooks begin with: <c>var hook = sy.TorchHook();</c>.</summary>
    public static TorchHook TorchHook() => new();

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(string id) => WorkerRegistry.GetOrAdd(id, name => new VirtualWorker(name));

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="hook">What <see cref="TorchHook"/> gave; it is not needed, so null does as well.</param>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(TorchHook? hook, string id) => VirtualWorker(id);

    /// <summary>The worker of that name in this process, which gets these tensors: each under its own id, and not as a copy.</summary>
    /// <param name="id">The worker's name.</param>
    /// <param name="data">The tensors that the worker shall have.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(string id, IEnumerable<Tensor> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var room = data.TryGetNonEnumeratedCount(out var count) ? count : 0;
        var worker = WorkerRegistry.GetOrAdd(id, name => new VirtualWorker(name, room));
        foreach (var tensor in data)
        {
            var label = Label.Of(tensor);
            worker.recv_msg(new ObjectMessage(label.Id, tensor, label));
        }

        return worker;
    }

    /// <summary>Several workers that are searched together: <c>sy.PrivateGridNetwork(bob, alice).search("#boston")</c>.</summary>
    /// <param name="workers">The workers, each once.</param>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    public static PrivateGridNetwork PrivateGridNetwork(params IEnumerable<BaseWorker> workers) => new(workers);

    /// <summary>Several workers that are searched together, as in PySyft 0.1: its search tells on the console what it found.</summary>
    /// <param name="workers">The workers, each once.</param>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    public static VirtualGrid VirtualGrid(params IEnumerable<BaseWorker> workers) => new(workers);

    /// <summary>Data and their targets, row by row, which can be sent to a worker or shared among several.</summary>
    /// <param name="data">The inputs, a row an item.</param>
    /// <param name="targets">What is to be learnt, as many rows as <paramref name="data"/>.</param>
    /// <param name="transform">What is done to an item's data when the item is used.</param>
    /// <exception cref="ArgumentException">The tensors have no rows, or not the same number of them.</exception>
    public static BaseDataset BaseDataset(Tensor data, Tensor targets, Transform? transform = null) => new(data, targets, transform);

    /// <summary>Data and their targets, row by row, with a function as their transform.</summary>
    /// <param name="data">The inputs, a row an item.</param>
    /// <param name="targets">What is to be learnt, as many rows as <paramref name="data"/>.</param>
    /// <param name="transform">Takes the data of one item and gives the new ones, each time that the item is used.</param>
    /// <exception cref="ArgumentException">The tensors have no rows, or not the same number of them.</exception>
    public static BaseDataset BaseDataset(Tensor data, Tensor targets, Func<Tensor, Tensor> transform) => new(data, targets, transform);

    /// <summary>Data and targets that are at a worker already, those that a search found for instance.</summary>
    /// <param name="data">Points to the inputs, a row an item.</param>
    /// <param name="targets">Points to what is to be learnt, as many rows, at the same worker.</param>
    /// <exception cref="ArgumentException">One is here, or they lie at different workers, or have not the same number of rows.</exception>
    public static PointerDataset BaseDataset(PointerTensor data, PointerTensor targets) => new(data, targets);

    /// <summary>All items of one of TorchSharp's data sets whose items have names, such as those of torchvision. Each item is read once, now.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="data">The name of an item's input.</param>
    /// <param name="target">The name of what is to be learnt.</param>
    /// <exception cref="ArgumentException">The data set is empty, its items have no such names, or they differ in shape.</exception>
    public static BaseDataset BaseDataset(utils.data.Dataset dataset, string data = "data", string target = "label") =>
        FederateExtensions.ReadAll(new NamedItems(dataset, data, target));

    /// <summary>One data set of parts that are at several workers: <c>sy.FederatedDataset(at_bob, at_alice)</c>.</summary>
    /// <param name="datasets">The parts, each at another worker.</param>
    /// <exception cref="ArgumentException">There is no part, or two lie at one worker.</exception>
    public static FederatedDataset FederatedDataset(params IEnumerable<PointerDataset> datasets) => new(datasets);

    /// <summary>Reads a federated data set in batches of pointers: all of the first worker's, then the second one's, and so on.</summary>
    /// <param name="federated_dataset">What <c>federate</c> gave.</param>
    /// <param name="batch_size">The number of items in a batch; the last batch of a worker may have fewer.</param>
    /// <param name="shuffle">Whether each epoch mixes the items anew, within each worker.</param>
    /// <param name="num_iterators">How many workers take turns; 1 means one worker after another.</param>
    /// <param name="drop_last">Whether to leave out a worker's last batch when it is smaller than the others.</param>
    /// <param name="seed">Makes the shuffling repeatable; without it <c>torch.manual_seed</c> does.</param>
    /// <param name="disposeBatch">Whether a batch is deleted at its worker when the next one is asked for. With false the pointers are the caller's to dispose.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch_size"/> or <paramref name="num_iterators"/> is not above 0.</exception>
    public static FederatedDataLoader FederatedDataLoader(
        FederatedDataset federated_dataset, int batch_size = 8, bool shuffle = false, int num_iterators = 1, bool drop_last = false, int? seed = null,
        bool disposeBatch = true) =>
        new(federated_dataset, batch_size, shuffle, num_iterators, drop_last, seed, disposeBatch);

    /// <summary>Opens a scope that disposes every pointer that is made in it: <c>using (sy.scope()) { ... }</c>.</summary>
    public static PointerScope scope() => new();

    /// <summary>Puts pointers to tensors of one shape at different workers together.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or two of them are at one worker.</exception>
    public static MultiPointerTensor combine_pointers(params PointerTensor[] pointers) => new(pointers);

    /// <summary>Makes all batches of one epoch at once, by the worker who holds them.</summary>
    /// <param name="federated_train_loader">The loader.</param>
    /// <returns>For each worker its batches, in order. The pointers are the caller's to dispose.</returns>
    public static IReadOnlyDictionary<BaseWorker, IReadOnlyList<(PointerTensor data, PointerTensor target)>> extract_batches_per_worker(
        FederatedDataLoader federated_train_loader)
    {
        ArgumentNullException.ThrowIfNull(federated_train_loader);
        return federated_train_loader.BatchesPerWorker();
    }

    /// <summary>
    /// The average of models of one architecture, each counting alike: parameters and buffers. Models that are at one worker are averaged
    /// there, and only the average comes here. The models stay as they are.
    /// </summary>
    /// <param name="models">The models, all here or all at one worker.</param>
    /// <returns>A new model, here.</returns>
    /// <exception cref="ModelsNotTogetherException">The models are at different places.</exception>
    /// <exception cref="ArgumentException">There is no model, or two differ in their parameters' names, shapes or types.</exception>
    public static T federated_avg<T>(params IEnumerable<T> models) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(models);
        return FederatedAverage.Of<T>([.. models]);
    }

    /// <summary>The average of models by worker, as <c>federated_avg</c> of the models alone.</summary>
    /// <param name="models">The models by the worker or worker's id that they come from, all here or all at one worker.</param>
    /// <returns>A new model, here.</returns>
    /// <exception cref="ModelsNotTogetherException">The models are at different places.</exception>
    /// <exception cref="ArgumentException">There is no model, or two differ in their parameters' names, shapes or types.</exception>
    public static T federated_avg<TWorker, T>(IReadOnlyDictionary<TWorker, T> models) where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(models);
        return FederatedAverage.Of<T>([.. models.Values]);
    }

    /// <summary>Adds the parameters of a model to those of another.</summary>
    /// <param name="dst_model">The model that is changed; here, at no worker.</param>
    /// <param name="src_model">The model whose parameters are added; here, at no worker.</param>
    /// <returns><paramref name="dst_model"/>.</returns>
    /// <exception cref="ModelsNotTogetherException">One of them is away.</exception>
    /// <exception cref="ArgumentException">They differ in their parameters' names, shapes or types.</exception>
    public static T add_model<T>(T dst_model, nn.Module src_model) where T : nn.Module => ModelArithmetic.Add(dst_model, src_model);

    /// <summary>Multiplies the parameters of a model.</summary>
    /// <param name="model">The model that is changed; here, at no worker.</param>
    /// <param name="scale">The factor.</param>
    /// <returns><paramref name="model"/>.</returns>
    /// <exception cref="ModelsNotTogetherException">It is away.</exception>
    public static T scale_model<T>(T model, double scale) where T : nn.Module => ModelArithmetic.Scale(model, scale);

    /// <summary>The share of rows whose highest score is that of their label.</summary>
    /// <param name="pred_softmax">The scores, [rows, classes]; probabilities or not.</param>
    /// <param name="target">The labels, one a row.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentException">There are no rows, or not one label for each.</exception>
    public static double accuracy(Tensor pred_softmax, Tensor target) => Accuracy.Of(pred_softmax, target);
}
