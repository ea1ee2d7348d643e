using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// The configuration and the loss that a worker was sent with a model. They go when the configuration is disposed or sent again, or
/// when the model is dropped and collected: a worker may train as long as there is a model, whoever still has the configuration.
/// </summary>
internal sealed class SentParts(BaseWorker location) : IDisposable
{
    private static readonly ConditionalWeakTable<nn.Module, SentParts> OfModel = [];

    private readonly List<long> ids = [];

    ~SentParts()
    {
        foreach (var id in ids) location.NoLongerPointedTo(id);
    }

    /// <summary>Sends one more object.</summary>
    /// <returns>Its id at the worker.</returns>
    public long Send(long id, object part)
    {
        var at = (ObjectDescriptor)location.recv_msg(new ObjectMessage(id, part, new Label()))!;
        ids.Add(at.Id);
        return at.Id;
    }

    /// <summary>Lets them live as long as a model, in the place of what was sent with it before.</summary>
    public void LiveWith(nn.Module model)
    {
        if (OfModel.TryGetValue(model, out var before)) before.Dispose();
        OfModel.AddOrUpdate(model, this);
    }

    /// <summary>Deletes them at the worker, now.</summary>
    public void Dispose()
    {
        foreach (var id in ids) location.recv_msg(new ForceObjectDeleteMessage(id));
        ids.Clear();
        GC.SuppressFinalize(this);
    }
}
