using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A worker in this process: its store is its own, yet nothing is serialized on the way to it.</summary>
public sealed class VirtualWorker : BaseWorker
{
    private readonly ObjectStore store;

    /// <summary>Use <c>sy.VirtualWorker("bob")</c>, which gives the same worker for the same name.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="room">How many objects it is about to get: so many need no larger room later.</param>
    internal VirtualWorker(string id, int room = 0) : base(id) => store = new ObjectStore(id, room);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<long, object> _objects
    {
        get
        {
            DeleteUnreachable();
            return store;
        }
    }

    /// <inheritdoc/>
    public override VirtualWorker clear_objects()
    {
        DeleteUnreachable();
        foreach (var id in store.Keys) Discard(id);
        return this;
    }

    internal override bool TryPeek<T>(long id, Func<StoredObject, T> look, out T? seen) where T : class
    {
        seen = store.Each([id], look).FirstOrDefault().Value;
        return true;
    }

    /// <inheritdoc/>
    protected override object? Handle(Message message)
    {
        switch (message)
        {
            case ObjectMessage m: return Keep(m);
            case OperationMessage m when m.Name.StartsWith(WorkerCommands.Prefix, StringComparison.Ordinal): return WorkerCommands.Run(this, m.Name);
            case OperationMessage m: return new OperationRun(this, store, m).Run();
            case ObjectRequestMessage m: return Leaving(store.Remove(m.Id, m.User));
            case TransferMessage m: return Transfer(m);
            case RemoteGetMessage m: return RemoteGet(m);
            case GetShapeMessage m: return Shape(m.Of);
            case IsNoneMessage m: return IsNone(m.Of);
            case SearchMessage m: return store.Each(store.Search(m.Terms).Select(found => found.Key), Describe).Select(found => found.Value with { Id = found.Key }).ToList();
            case ForceObjectDeleteMessage m:
                Discard(m.Id);
                return null;
            default: throw new NotSupportedException($"{id} does not understand a {message.GetType().Name}.");
        }
    }

    private ObjectDescriptor Keep(ObjectMessage message)
    {
        // A dispose scope of the sender ends the sender's tensors, not the worker's.
        ArgumentNullException.ThrowIfNull(message.Object, "message.Object");
        if (message.Object is Tensor tensor) tensor.DetachFromDisposeScope();
        var id = store.Add(message.Id, message.Object, message.Label, out var entry);
        entry.IsSeenOutside = !message.IsHandedOver;
        return new ObjectDescriptor(id, Label: message.Label);
    }

    private object? Transfer(TransferMessage message)
    {
        var receiver = WorkerRegistry.Find(message.To);
        var entry = store.Remove(message.Id, message.User);
        var item = Leaving(entry);
        try
        {
            return receiver.recv_msg(new ObjectMessage(message.Id, item, entry.Label ?? Label.Of(item)) { IsHandedOver = !entry.IsSeenOutside });
        }
        catch
        {
            store.Add(message.Id, item, entry.Label);
            throw;
        }
    }

    private ObjectDescriptor RemoteGet(RemoteGetMessage message)
    {
        if (store.Find(message.Id).Item is not StoredPointer pointer) throw new InvalidTensorForRemoteGet(id);
        var item = WorkerRegistry.Find(pointer.Location).recv_msg(new ObjectRequestMessage(pointer.Id, message.User))!;
        store.Replace(message.Id, item, Label.Of(item));
        return new ObjectDescriptor(message.Id, Label: Label.Of(item));
    }

    private long[] Shape(ObjectReference of)
    {
        if (store.Find(of.Id).Label?.HidesShape == true) throw GetNotPermittedError.Shape(of.Id, id);
        if (store.Find(of.Id).Item is StoredPointer pointer)
            return (long[])WorkerRegistry.Find(pointer.Location).recv_msg(new GetShapeMessage(of with { Id = pointer.Id }))!;
        return store.Read(of.Id, entry => ((Tensor)ObjectPart.Of(entry.Item, of, id)).shape);
    }

    private bool IsNone(ObjectReference of)
    {
        if (store.Find(of.Id).Item is StoredPointer pointer)
            return (bool)WorkerRegistry.Find(pointer.Location).recv_msg(new IsNoneMessage(of with { Id = pointer.Id }))!;
        return !store.Read(of.Id, entry => ObjectPart.Exists(entry.Item, of));
    }

    /// <summary>Removes an object for good; what a stored pointer owns goes with it. Models are only let go: they belong to whoever sent them.</summary>
    private void Discard(long objectId)
    {
        var entry = store.Discard(objectId);
        entry?.End();
        if (entry?.Item is StoredPointer pointer) WorkerRegistry.Find(pointer.Location).recv_msg(new ForceObjectDeleteMessage(pointer.Id));
    }

    /// <summary>
    /// What leaves a worker leaves behind the graph in which it took part, and the memory that it shared with others: what happens
    /// here afterwards does not reach it. It keeps its restriction.
    /// </summary>
    private static object Leaving(StoredObject entry)
    {
        if (entry.Item is not Tensor tensor) return entry.Item;
        var leaving = entry.IsSeenOutside && tensor.is_leaf ? tensor : TakeOut(entry, tensor);
        leaving.DetachFromDisposeScope();
        if (entry.Label is { } label && (label.AllowedUsers is not null || !ReferenceEquals(leaving, tensor))) label.Attach(leaving);
        return leaving;
    }

    private static Tensor TakeOut(StoredObject entry, Tensor tensor)
    {
        var isAlone = entry.TryTake();
        if (isAlone && !entry.IsShared && !tensor.requires_grad) return tensor;
        if (!isAlone) entry.Enter();

        var own = TensorCopy.OutOfGraph(tensor, inOwnMemory: entry.IsShared);
        if (!isAlone)
        {
            entry.End();
            entry.Leave();
        }
        else if (!entry.IsSeenOutside)
        {
            tensor.Dispose();
        }

        return own;
    }

    private static ObjectDescriptor Describe(StoredObject entry) =>
        new(0, entry.Label?.HidesShape == true ? null : (entry.Item as Tensor)?.shape, entry.Label);
}
