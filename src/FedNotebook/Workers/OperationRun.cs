using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// One operation at a worker: finds the objects, runs it, keeps the results. Where the objects are pointers to another worker, that one
/// runs it, and this worker keeps pointers to the results under the same ids.
/// </summary>
internal sealed class OperationRun(VirtualWorker worker, ObjectStore store, OperationMessage message)
{
    private readonly Operation operation = OperationTable.Find(message.Name);

    // One for each argument, then those within lists.
    private Input[] inputs = new Input[message.Arguments.Length];
    private bool isPrivate, here;
    private string? elsewhere;

    public object? Run()
    {
        try
        {
            return RunOverInputs();
        }
        finally
        {
            foreach (var input in inputs) input.Entry?.Leave();
        }
    }

    private object? RunOverInputs()
    {
        var arguments = new object?[message.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Resolve(message.Arguments[i], i);
        if (elsewhere is not null) return Forward(arguments);

        var result = isPrivate ? new PrivateRun(worker.id, store, message, operation).Run(arguments, inputs, AllowedUsers()!, HidesShape) : Attempt(arguments);
        if (operation.InPlace)
        {
            if (!ReferenceEquals(result, arguments[0])) ((Tensor)result!).Dispose();
            if (!operation.IsFresh) NoteSharing(inputs[0].Entry, (Tensor)arguments[0]!);
            return null;
        }

        return result switch
        {
            null => Done(),
            Tensor tensor => Keep(tensor),
            IEnumerable<Tensor> tensors => tensors.Select(Keep).ToList(),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => Keep((Tensor)tuple[i]!)).ToList(),
            _ => throw new NotSupportedException($"'{message.Name}' gave {result.GetType().Name}, which is no tensor."),
        };
    }

    private bool HidesShape => inputs.Any(input => input.Entry?.Label?.HidesShape == true);

    /// <summary>Who may have every private input; null: none is private. Asked again after the run, since an input can have become private meanwhile.</summary>
    private IReadOnlyCollection<string>? AllowedUsers()
    {
        IReadOnlyCollection<string>? allowed = null;
        foreach (var input in inputs)
            if (input.Entry?.AllowedUsers is { } users)
                allowed = allowed is null ? users : [.. allowed.Intersect(users)];
        return allowed;
    }

    /// <summary>Puts the worker's own objects in the place of references; of a stored pointer, the reference that its worker understands.</summary>
    private object? Resolve(object? argument, int place)
    {
        switch (argument)
        {
            case ObjectReference reference:
                var entry = store.Use(reference.Id);
                inputs[place] = new Input(reference, entry, null);
                if (entry.Item is not StoredPointer pointer)
                {
                    here = true;
                    if (elsewhere is not null) throw TensorsNotCollocatedException.Between(message.Name, worker.ToString(), elsewhere);
                    var item = ObjectPart.Of(entry.Item, reference, worker.id);
                    inputs[place] = new Input(reference, entry, item as Tensor);
                    isPrivate |= entry.AllowedUsers is not null;
                    return item;
                }

                if (here || (elsewhere ??= pointer.Location) != pointer.Location)
                    throw TensorsNotCollocatedException.Between(message.Name, here ? worker.ToString() : WorkerRegistry.Find(elsewhere!).ToString(), WorkerRegistry.Find(pointer.Location).ToString());
                return reference with { Id = pointer.Id };
            case object?[] list:
                var start = inputs.Length;
                Array.Resize(ref inputs, start + list.Length);
                var items = new object?[list.Length];
                for (var i = 0; i < items.Length; i++) items[i] = Resolve(list[i], start + i);
                return elsewhere is null ? Array.ConvertAll(items, item => (Tensor)item!) : items;
            default:
                return argument;
        }
    }

    private object? Attempt(object?[] arguments)
    {
        try
        {
            return operation.Run(arguments);
        }
        catch (Exception e) when (e is not (FederatedException or OperationCanceledException))
        {
            throw OperationFailedException.At(worker.id, message.Name, e);
        }
    }

    private object? Forward(object?[] arguments)
    {
        var answer = WorkerRegistry.Find(elsewhere!).recv_msg(new OperationMessage(message.Name, arguments));
        return answer switch
        {
            ObjectDescriptor at => KeepPointer(at),
            IEnumerable<ObjectDescriptor> several => several.Select(KeepPointer).ToList(),
            _ => null,
        };
    }

    private ObjectDescriptor KeepPointer(ObjectDescriptor at) => new(store.Add(at.Id, new StoredPointer(elsewhere!, at.Id), null));

    /// <summary>What gave nothing may have changed what its object keeps.</summary>
    private object? Done()
    {
        if (message.Name.StartsWith("retain_grad(", StringComparison.Ordinal)) inputs[0].Entry.RetainsGradient = true;
        return null;
    }

    private ObjectDescriptor Keep(Tensor result)
    {
        // Whose object came back as the result keeps it; the worker needs another over the same memory.
        if (IsInput(result)) result = result.alias();
        result.DetachFromDisposeScope();
        var users = AllowedUsers();
        var id = store.Add(IdProvider.Next(), result, users is null ? null : Label.Private(users, operation.SizeTells || HidesShape), out var kept);
        if (!operation.IsFresh) NoteSharing(kept, result);
        return new ObjectDescriptor(id);
    }

    private bool IsInput(Tensor result)
    {
        if (operation.IsFresh) return false;
        foreach (var input in inputs)
            if (ReferenceEquals(input.Tensor, result) || (input.Entry?.Item is nn.Module module && (result is TorchSharp.Modules.Parameter || module.buffers().Any(b => ReferenceEquals(b, result)))))
                return true;
        return false;
    }

    /// <summary>Notes that objects lie in the same memory: what is true of one's is true of the other's.</summary>
    private void NoteSharing(StoredObject entry, Tensor tensor)
    {
        nint memory = -1;
        foreach (var input in inputs)
        {
            if (input.Tensor is null || ReferenceEquals(input.Entry, entry)) continue;
            if (memory == -1) memory = Storage.Of(tensor);
            if (memory == 0 || Storage.Of(input.Tensor) != memory) continue;
            entry.IsShared = input.Entry.IsShared = true;
            if (input.Entry.IsSeenOutside || input.Entry.Item is nn.Module) entry.IsSeenOutside = true;
        }
    }
}
