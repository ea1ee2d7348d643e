using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A data owner's side of training: its data sets never leave it; it is sent a configuration with a model, trains, and the model goes home.
/// </summary>
public sealed class FederatedClient
{
    private readonly Dictionary<string, utils.data.IterableDataset> own = [];
    private readonly BaseWorker worker;
    private (TrainConfig config, optim.Optimizer optimizer)? built;

    /// <summary>Makes a client.</summary>
    /// <param name="worker">The worker whose data these are, to which configurations are sent; without one the client stands alone.</param>
    public FederatedClient(BaseWorker? worker = null) => this.worker = worker ?? new VirtualWorker("client");

    /// <summary>The data sets by key.</summary>
    public IReadOnlyDictionary<string, utils.data.IterableDataset> datasets => own;

    /// <summary>What the client's worker holds.</summary>
    public IReadOnlyDictionary<long, object> _objects => worker._objects;

    /// <summary>The configuration that came last; null when none did.</summary>
    public TrainConfig? train_config => _objects.Values.OfType<TrainConfig>().LastOrDefault();

    /// <summary>The optimizer of the present configuration, which keeps its state from fit to fit; null before the first fit.</summary>
    public optim.Optimizer? optimizer => built is var (config, made) && config == train_config ? made : null;

    /// <summary>Adds a data set of [data, target].</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="key">The name under which a fit asks for it.</param>
    /// <exception cref="ArgumentException">There is a data set of that name.</exception>
    public void add_dataset(utils.data.IterableDataset dataset, string key)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (!own.TryAdd(key, dataset))
            throw new ArgumentException($"Key {key} already exists in Datasets. Choose another one, or remove_dataset(\"{key}\") first.", nameof(key));
    }

    /// <summary>Forgets a data set; one that is not there is no error.</summary>
    /// <param name="key">Its name.</param>
    public void remove_dataset(string key) => own.Remove(key);

    /// <summary>Keeps an object. A configuration becomes the present one, and the next fit starts with a new optimizer.</summary>
    /// <param name="obj">A configuration, a tensor, a model.</param>
    public void set_obj(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        var label = Label.Of(obj);
        worker.recv_msg(new ObjectMessage(obj is TrainConfig config ? config.id : label.Id, obj, label));
    }

    /// <summary>Trains the configuration's model over a data set.</summary>
    /// <param name="dataset_key">The data set's name.</param>
    /// <returns>The loss over the last batch.</returns>
    /// <exception cref="ArgumentException">There is no data set or no optimizer of that name.</exception>
    /// <exception cref="InvalidOperationException">No configuration came yet, or it has no model or no loss.</exception>
    /// <exception cref="ObjectNotFoundError">The model was taken home.</exception>
    public double fit(string dataset_key)
    {
        ArgumentNullException.ThrowIfNull(dataset_key);
        var config = train_config ?? throw new InvalidOperationException($"TrainConfig not defined. Send one to {worker.id} first: config.send({worker.id}).");
        if (!own.TryGetValue(dataset_key, out var dataset))
            throw new ArgumentException($"Dataset {dataset_key} unknown. {worker.id} has: {string.Join(", ", own.Keys)}.", nameof(dataset_key));

        var model = (nn.Module<Tensor, Tensor>)Part(config.model, config.model_id, "model");
        var loss_fn = (Func<Tensor, Tensor, Tensor>)Part(config.loss_fn, config.loss_fn_id, "loss");
        var stepper = optimizer ?? OptimizerByName.Make(config.optimizer, config.optimizer_args, model.parameters());
        built = (config, stepper);
        return Train(config, model, loss_fn, stepper, dataset);
    }

    private static double Train(
        TrainConfig config, nn.Module<Tensor, Tensor> model, Func<Tensor, Tensor, Tensor> loss_fn, optim.Optimizer optimizer, utils.data.IterableDataset dataset)
    {
        using var draw = randint(int.MaxValue, new long[] { 1 }, dtype: ScalarType.Int64); // torch.manual_seed makes the shuffling repeatable
        using var loader = utils.data.DataLoader(dataset, config.batch_size, config.shuffle, seed: (int)draw.item<long>(), disposeDataset: false);
        var (batches, last) = (0, 0.0);
        model.train();
        for (var epoch = 0; epoch < config.epochs; epoch++)
        {
            foreach (var (data, target) in loader)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = loss_fn(model.call(data), target);
                loss.backward();
                optimizer.step();
                last = loss.to(ScalarType.Float64).item<double>();
                if (++batches == config.max_nr_batches) return last;
            }
        }

        return last;
    }

    /// <summary>What the configuration brings itself, or what was sent before it.</summary>
    private object Part(object? brought, long? sent, string kind) =>
        brought ?? (sent is { } id ? _objects[id] : throw new InvalidOperationException($"The training configuration has no {kind}."));
}
