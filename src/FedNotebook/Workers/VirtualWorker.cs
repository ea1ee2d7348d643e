using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A worker in this process: its store is its own, yet nothing is serialized on the way to it.</summary>
public sealed class VirtualWorker : BaseWorker
{
    private readonly ObjectStore store;

    /// <summary>Use <c>sy.VirtualWorker("bob")</c>, which gives the same worker for the same name.</summary>
    internal VirtualWorker(string id) : base(id) => store = new ObjectStore(id);

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
        store.Clear();
        return this;
    }

    /// <inheritdoc/>
    protected override object? Handle(Message message)
    {
        switch (message)
        {
            case ObjectMessage m: return Keep(m.Object, m.Id, m.Label);
            case OperationMessage m: return Run(m);
            case ObjectRequestMessage m: return WithoutGraph(store.Remove(m.Id));
            case TransferMessage m: return WorkerRegistry.Find(m.To).recv_msg(TransferOf(m.Id));
            case GetShapeMessage m: return ((Tensor)store.Find(m.Id)).shape;
            case SearchMessage m: return store.Search(m.Terms).Select(Describe).ToList();
            case ForceObjectDeleteMessage m:
                store.Discard(m.Id);
                return null;
            default: throw new NotSupportedException($"{id} does not understand a {message.GetType().Name}.");
        }
    }

    private ObjectDescriptor Keep(object item, long itemId, Label? label)
    {
        // A dispose scope of the sender ends the sender's tensors, not the worker's.
        if (item is Tensor tensor) tensor.DetachFromDisposeScope();
        return new ObjectDescriptor(store.Add(itemId, item, label), Label: label);
    }

    private object? Run(OperationMessage message)
    {
        var operation = OperationTable.Find(message.Name);
        var arguments = Array.ConvertAll(message.Arguments, Resolve);
        var result = operation.Run(arguments);
        if (operation.InPlace)
        {
            if (!ReferenceEquals(result, arguments[0])) ((Tensor)result!).Dispose();
            return null;
        }

        return result switch
        {
            null => null,
            Tensor tensor => KeepResult(tensor),
            IEnumerable<Tensor> tensors => tensors.Select(KeepResult).ToList(),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => KeepResult((Tensor)tuple[i]!)).ToList(),
            _ => throw new NotSupportedException($"'{message.Name}' gave {result.GetType().Name}, which is no tensor."),
        };
    }

    private ObjectDescriptor KeepResult(Tensor result) => Keep(result, IdProvider.Next(), null);

    /// <summary>Puts the worker's own objects in the place of their references.</summary>
    private object? Resolve(object? argument) => argument switch
    {
        ObjectReference reference => store.Find(reference.Id),
        object?[] list => Array.ConvertAll(list, item => (Tensor)Resolve(item)!),
        _ => argument,
    };

    private ObjectMessage TransferOf(long itemId)
    {
        var item = WithoutGraph(store.Remove(itemId, out var label));
        return new ObjectMessage(itemId, item, label ?? Label.Of(item));
    }

    /// <summary>What leaves a worker leaves the graph behind in which it was computed; a leaf keeps its gradient.</summary>
    private static object WithoutGraph(object item)
    {
        if (item is not Tensor { requires_grad: true, is_leaf: false } tensor) return item;
        using (tensor) return tensor.detach();
    }

    private static ObjectDescriptor Describe(KeyValuePair<long, object> entry) =>
        new(entry.Key, (entry.Value as Tensor)?.shape, Label.Of(entry.Value));
}
