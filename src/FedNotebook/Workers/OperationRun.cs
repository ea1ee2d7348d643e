using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// One operation at a worker: finds the objects, runs it, keeps the results. Where the objects are pointers to another worker, that one
/// runs it, and this worker keeps pointers to the results under the same ids.
/// </summary>
internal sealed class OperationRun(VirtualWorker worker, ObjectStore store)
{
    private IReadOnlyCollection<string>? allowedUsers;
    private string? elsewhere;
    private bool here;

    public object? Run(OperationMessage message)
    {
        var operation = OperationTable.Find(message.Name);
        var arguments = new object?[message.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Resolve(message.Arguments[i], message.Name);
        if (elsewhere is not null) return Forward(message.Name, arguments);

        var result = operation.Run(arguments);
        if (operation.InPlace)
        {
            if (!ReferenceEquals(result, arguments[0])) ((Tensor)result!).Dispose();
            if (allowedUsers is not null) Restrict((ObjectReference)message.Arguments[0]!);
            return null;
        }

        return result switch
        {
            null => null,
            Tensor tensor => Keep(tensor),
            IEnumerable<Tensor> tensors => tensors.Select(Keep).ToList(),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => Keep((Tensor)tuple[i]!)).ToList(),
            _ => throw new NotSupportedException($"'{message.Name}' gave {result.GetType().Name}, which is no tensor."),
        };
    }

    /// <summary>Puts the worker's own objects in the place of references; of a stored pointer, the reference that its worker understands.</summary>
    private object? Resolve(object? argument, string operation)
    {
        switch (argument)
        {
            case ObjectReference reference:
                var entry = store.Find(reference.Id);
                if (entry.Label?.AllowedUsers is { } users)
                    allowedUsers = allowedUsers is null ? users : [.. allowedUsers.Intersect(users)];
                if (entry.Item is not StoredPointer pointer)
                {
                    here = true;
                    if (elsewhere is not null) throw TensorsNotCollocatedException.Between(operation, worker.ToString(), elsewhere);
                    return ObjectPart.Of(entry.Item, reference, worker.id);
                }

                if (here || (elsewhere ??= pointer.Location) != pointer.Location)
                    throw TensorsNotCollocatedException.Between(operation, here ? worker.ToString() : WorkerRegistry.Find(elsewhere!).ToString(), WorkerRegistry.Find(pointer.Location).ToString());
                return reference with { Id = pointer.Id };
            case object?[] list:
                var items = Array.ConvertAll(list, item => Resolve(item, operation));
                return elsewhere is null ? Array.ConvertAll(items, item => (Tensor)item!) : items;
            default:
                return argument;
        }
    }

    private object? Forward(string operation, object?[] arguments)
    {
        var answer = WorkerRegistry.Find(elsewhere!).recv_msg(new OperationMessage(operation, arguments));
        return answer switch
        {
            ObjectDescriptor at => KeepPointer(at),
            IEnumerable<ObjectDescriptor> several => several.Select(KeepPointer).ToList(),
            _ => null,
        };
    }

    private ObjectDescriptor KeepPointer(ObjectDescriptor at) => new(store.Add(at.Id, new StoredPointer(elsewhere!, at.Id), null));

    private ObjectDescriptor Keep(Tensor result)
    {
        result.DetachFromDisposeScope();
        return new ObjectDescriptor(store.Add(IdProvider.Next(), result, allowedUsers is null ? null : Label.Private(allowedUsers)));
    }

    /// <summary>What a private tensor was written into is as private.</summary>
    private void Restrict(ObjectReference target)
    {
        var entry = store.Find(target.Id);
        var label = entry.Label ?? Label.Private(allowedUsers!);
        label.AllowedUsers = allowedUsers;
        store.Replace(target.Id, entry.Item, label);
    }
}
