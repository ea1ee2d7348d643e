using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Workers as clients: the model is sent to the worker, trains there on what the worker holds, and comes home. Data and targets stay where
/// they are, and a round costs a client the same few messages, whatever it holds.
/// </summary>
internal sealed class WorkerPool(FederatedDataset dataset, string? user) : ClientPool
{
    private readonly PointerDataset[] parts = [.. dataset];

    public override int Count => parts.Length;

    public override string Name(int client) => parts[client].location.id;

    public override long Rows(int client) => parts[client].Count;

    /// <summary>How many items each has: the items themselves are theirs.</summary>
    public override string Digest => string.Join(' ', parts.Select(part => part.Count));

    public override ClientUpdate Train(LocalTraining training, Replica replica)
    {
        var part = parts[training.Client];
        var worker = part.location;
        ClientUpdate? update = null;
        Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor> task = (model, data, targets) =>
        {
            update = training.Run(new Replica(model, training.State.Layout), data, targets, own: null, transform: null);
            return tensor(update.Loss, ScalarType.Float64);
        };

        replica.Model.send(worker);
        var at = ModelPlace.Of(replica.Model)!;
        var sent = (ObjectDescriptor)worker.recv_msg(new ObjectMessage(IdProvider.Next(), task, new Label()))!;
        try
        {
            using var report = part.data.RunOne(OperationTable.TrainModel, [new ObjectReference(sent.Id), new ObjectReference(at.Id), part.data, part.targets]);
            using var loss = report.get(user: user); // who may not have the loss may not have what was learnt either
            return update! with { Loss = loss.item<double>() };
        }
        finally
        {
            worker.recv_msg(new ForceObjectDeleteMessage(sent.Id));
            replica.Model.get();
        }
    }
}
