using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>How a client shall train: the model, the loss, the optimizer and how long.</summary>
/// <param name="model">The model; null at the worker that was sent the configuration, which has the model under <see cref="model_id"/>.</param>
/// <param name="loss_fn">Gives the loss of (prediction, target); null at the worker that was sent the configuration.</param>
/// <param name="batch_size">The number of items in a batch.</param>
/// <param name="epochs">How often the data set is read.</param>
/// <param name="optimizer">The name of an optimizer in <c>torch.optim</c>, such as "SGD" or "Adam".</param>
/// <param name="optimizer_args">The optimizer's arguments by name; without them the learning rate is 0.1.</param>
/// <param name="max_nr_batches">After how many batches to stop, whatever the epochs; -1 for no such limit.</param>
/// <param name="shuffle">Whether each epoch mixes the items anew.</param>
/// <param name="id">The configuration's id; a fresh one where left out.</param>
/// <exception cref="ArgumentOutOfRangeException">A number makes no sense.</exception>
public sealed class TrainConfig(
    nn.Module<Tensor, Tensor>? model,
    Func<Tensor, Tensor, Tensor>? loss_fn,
    int batch_size = 32,
    int epochs = 1,
    string optimizer = "SGD",
    IReadOnlyDictionary<string, object>? optimizer_args = null,
    int max_nr_batches = -1,
    bool shuffle = true,
    long? id = null) : IDisposable
{
    private SentParts? sent;

    /// <summary>The configuration's id, which it keeps where it is sent.</summary>
    public long id { get; } = id ?? IdProvider.Next();

    /// <summary>Who has the configuration.</summary>
    public BaseWorker owner { get; private set; } = WorkerRegistry.Me;

    /// <summary>The model; null at the worker that was sent the configuration.</summary>
    public nn.Module<Tensor, Tensor>? model { get; private set; } = model;

    /// <summary>Gives the loss of (prediction, target); null at the worker that was sent the configuration.</summary>
    public Func<Tensor, Tensor, Tensor>? loss_fn { get; private set; } = loss_fn;

    /// <summary>The id that the model has at the worker; null before it was sent.</summary>
    public long? model_id { get; private set; }

    /// <summary>The id that the loss has at the worker; null before it was sent.</summary>
    public long? loss_fn_id { get; private set; }

    /// <summary>The number of items in a batch.</summary>
    public int batch_size { get; } = batch_size > 0 ? batch_size : throw Senseless(nameof(batch_size), batch_size);

    /// <summary>How often the data set is read.</summary>
    public int epochs { get; } = epochs > 0 ? epochs : throw Senseless(nameof(epochs), epochs);

    /// <summary>The name of the optimizer.</summary>
    public string optimizer { get; } = optimizer ?? throw new ArgumentNullException(nameof(optimizer));

    /// <summary>The optimizer's arguments by name.</summary>
    public IReadOnlyDictionary<string, object> optimizer_args { get; } = optimizer_args ?? new Dictionary<string, object> { ["lr"] = 0.1 };

    /// <summary>After how many batches to stop; -1 for no such limit.</summary>
    public int max_nr_batches { get; } = max_nr_batches is > 0 or -1 ? max_nr_batches : throw Senseless(nameof(max_nr_batches), max_nr_batches);

    /// <summary>Whether each epoch mixes the items anew.</summary>
    public bool shuffle { get; } = shuffle;

    /// <summary>
    /// Sends the model, the loss and then the configuration to a worker. <c>model.get()</c> takes the trained model home. What was sent
    /// with it goes when this configuration is disposed or sent again, or when the model is collected.
    /// </summary>
    /// <param name="location">The worker.</param>
    /// <returns>This configuration, which stays here.</returns>
    /// <exception cref="InvalidOperationException">There is no model or no loss.</exception>
    /// <exception cref="ModelLocationException">The model is at a worker already.</exception>
    public TrainConfig send(BaseWorker location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (model is null || loss_fn is null)
            throw new InvalidOperationException("A training configuration needs a model and a loss before it is sent: new TrainConfig(model, (pred, target) => ...).");

        model.send(location);
        var parts = new SentParts(location);
        try
        {
            model_id = ModelPlace.Of(model)!.Id;
            loss_fn_id = parts.Send(IdProvider.Next(), loss_fn);
            var arriving = (TrainConfig)MemberwiseClone();
            (arriving.model, arriving.loss_fn, arriving.owner, arriving.sent) = (null, null, location, null);
            sent?.Dispose();
            parts.Send(id, arriving);
        }
        catch
        {
            parts.Dispose();
            model.get();
            (model_id, loss_fn_id) = (null, null);
            throw;
        }

        parts.LiveWith(model);
        sent = parts;
        return this;
    }

    /// <summary>Deletes the configuration and the loss at the worker that they were sent to. The model stays where it is.</summary>
    public void Dispose()
    {
        sent?.Dispose();
        sent = null;
    }

    /// <summary>PySyft's text: <c>&lt;TrainConfig id:99887766 owner:me epochs: 1 batch_size: 2 optimizer_args: {'lr': 0.1}&gt;</c>.</summary>
    public override string ToString() =>
        $"<TrainConfig id:{id} owner:{owner.id} epochs: {epochs} batch_size: {batch_size} "
        + $"optimizer_args: {{{string.Join(", ", optimizer_args.Select(arg => $"'{arg.Key}': {PythonText(arg.Value)}"))}}}>";

    private static string PythonText(object value) => value switch
    {
        double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number == Math.Floor(number) && Math.Abs(number) < 1e16 =>
            number.ToString("F1", CultureInfo.InvariantCulture),
        double or float => string.Create(CultureInfo.InvariantCulture, $"{value}").Replace('E', 'e'),
        string text => $"'{text}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static ArgumentOutOfRangeException Senseless(string name, int value) => new(name, $"{name} must be at least 1; it is {value}.");
}
