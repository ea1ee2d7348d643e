namespace FedNotebook;

/// <content>How an operation becomes a message, and the worker's answer pointers.</content>
public sealed partial class PointerTensor
{
    internal PointerTensor RunOne(string operation, object?[] arguments) => PointTo((ObjectDescriptor)Send(operation, arguments)!);

    internal PointerTensor[] RunMany(string operation, object?[] arguments) =>
        [.. ((IReadOnlyList<ObjectDescriptor>)Send(operation, arguments)!).Select(PointTo)];

    internal void RunWithoutResult(string operation, object?[] arguments) => Send(operation, arguments);

    internal PointerTensor RunInPlace(string operation, object?[] arguments)
    {
        Send(operation, arguments);
        knownShape = null;
        return this;
    }

    internal bool IsLocal => local is not null;

    private static object? Send(string operation, object?[] arguments)
    {
        var encoded = new object?[arguments.Length];
        PointerTensor? first = null;
        for (var i = 0; i < arguments.Length; i++) encoded[i] = Encode(operation, arguments[i], ref first);
        if (first is null or { local: not null }) throw new InvalidOperationException($"{operation}: every tensor is here, so there is no worker to run it at.");

        var answer = first.location.recv_msg(new OperationMessage(operation, encoded));
        GC.KeepAlive(arguments); // a pointer that is collected while its operation runs would take its tensor away
        return answer;
    }

    /// <summary>Puts references in the place of pointers, and sees to it that all point to one worker.</summary>
    private static object? Encode(string operation, object? argument, ref PointerTensor? first)
    {
        switch (argument)
        {
            case PointerTensor pointer:
                first ??= pointer;
                if (pointer.IsLocal != first.IsLocal || !ReferenceEquals(pointer.location, first.location))
                    throw new TensorsNotCollocatedException(operation, first, pointer);
                return new ObjectReference(pointer.IsLocal ? 0 : pointer.Alive.id_at_location);
            case IEnumerable<PointerTensor> pointers:
                var references = new List<object?>();
                foreach (var pointer in pointers) references.Add(Encode(operation, pointer, ref first));
                return references.ToArray();
            default:
                return argument;
        }
    }

    private PointerTensor PointTo(ObjectDescriptor at) => new(owner, location, at);
}
