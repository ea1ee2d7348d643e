using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Stands for an object that a worker holds. It owns the object until it is got, moved or disposed, unless it was found by a
/// search or points to a part of something.
/// </summary>
public abstract class ObjectPointer : IDisposable
{
    private readonly string? attribute;
    private long[]? knownShape;
    private bool ended;

    private protected ObjectPointer(BaseWorker owner, BaseWorker location, ObjectDescriptor at, bool gc, string? attribute)
    {
        this.owner = owner;
        this.location = location;
        this.gc = gc;
        this.attribute = attribute;
        id_at_location = at.Id;
        knownShape = at.Shape;
        tags = at.Label?.Tags ?? [];
        description = at.Label?.Description;
        PointerScope.Register(this);
    }

    /// <summary>A pointer that was dropped gives up its object as a disposed one does, though only when the collector finds it.</summary>
    ~ObjectPointer()
    {
        if (gc && !ended) location.NoLongerPointedTo(id_at_location);
    }

    /// <summary>The pointer's own id.</summary>
    public long id { get; internal set; } = IdProvider.Next();

    /// <summary>The id of the object at the worker.</summary>
    public long id_at_location { get; private set; }

    /// <summary>The worker that holds the object.</summary>
    public BaseWorker location { get; private set; }

    /// <summary>The worker that holds this pointer.</summary>
    public BaseWorker owner { get; }

    /// <summary>Whether the object goes when the pointer goes (PySyft's garbage_collect_data).</summary>
    public bool gc { get; set; }

    /// <summary>The tags of the object when the pointer was made.</summary>
    public IReadOnlyList<string> tags { get; }

    /// <summary>The description of the object when the pointer was made, or null.</summary>
    public string? description { get; }

    /// <summary>The tensor's shape. Known of a tensor that was sent; asked for once, by a message, of a result.</summary>
    public long[] shape => [.. knownShape ??= Local?.shape ?? (long[])location.recv_msg(new GetShapeMessage(Reference()))!];

    /// <summary>The tensor's shape where nobody need be asked for it; otherwise null.</summary>
    internal long[]? KnownShape => knownShape;

    /// <summary>Whether the object was taken home or deleted through this pointer.</summary>
    internal bool HasEnded => ended;

    /// <summary>The part of the object that this points to, such as <c>grad</c>; null: all of it.</summary>
    internal string? PartName => attribute;

    /// <summary>The number of dimensions.</summary>
    public long ndim => shape.Length;

    /// <summary>The number of dimensions.</summary>
    public long dim() => ndim;

    /// <summary>The tensor's shape.</summary>
    public long[] size() => shape;

    /// <summary>The size of one dimension; negative numbers count from the last.</summary>
    public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];

    /// <summary>The number of elements.</summary>
    public long numel() => shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The local tensor whose place in an operation this takes; null for a real pointer.</summary>
    internal virtual Tensor? Local => null;

    internal bool IsLocal => Local is not null;

    /// <summary>Deletes the object at its worker, now. A pointer that owns nothing deletes nothing, one that has ended does nothing.</summary>
    public void Dispose()
    {
        if (ended) return;
        End();
        if (gc) location.recv_msg(new ForceObjectDeleteMessage(id_at_location));
        GC.SuppressFinalize(this);
    }

    /// <summary>Always an error: a value does not leave its worker unasked.</summary>
    /// <exception cref="InvalidOperationException">Always; it says what to call.</exception>
    public T item<T>() where T : unmanaged =>
        throw new InvalidOperationException($"item() cannot be called on a pointer: the value is at {location.id}. Call .get() first: pointer.get().item<{Keyword(typeof(T))}>().");

    private static string Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => "float",
        TypeCode.Int64 => "long",
        TypeCode.Int32 => "int",
        TypeCode.Boolean => "bool",
        TypeCode.Double => "double",
        _ => type.Name,
    };

    /// <summary>PySyft's text: <c>(Wrapper)&gt;[PointerTensor | me:8 -&gt; bob:5]</c>, then a line each for tags, shape and description.</summary>
    public override string ToString()
    {
        if (Local is not null) return TensorText.Of(Local);
        var part = attribute is null ? "" : "::" + attribute.Replace(".", "::");
        var text = $"(Wrapper)>[PointerTensor | {owner.id}:{id} -> {location.id}:{id_at_location}{part}]";
        if (tags.Count > 0) text += "\n\tTags: " + string.Concat(tags.Select(t => t + " "));
        if (tags.Count > 0 && knownShape is not null) text += $"\n\tShape: torch.Size([{string.Join(", ", knownShape)}])";
        if (description is not null) text += "\n\tDescription: " + description.Split('\n')[0] + "...";
        return text;
    }

    /// <summary>What stands for the object in a message.</summary>
    /// <exception cref="ObjectNotFoundError">The pointer has ended.</exception>
    internal ObjectReference Reference() => ended ? throw new ObjectNotFoundError(id_at_location, location.id) : new ObjectReference(id_at_location, attribute);

    /// <summary>Sends an operation over pointers to the worker that they share.</summary>
    /// <returns>The worker's answer.</returns>
    /// <exception cref="TensorsNotCollocatedException">They are not all at one worker.</exception>
    private protected static object? Send(string operation, object?[] arguments)
    {
        var encoded = new object?[arguments.Length];
        ObjectPointer? first = null;
        for (var i = 0; i < arguments.Length; i++) encoded[i] = Encode(operation, arguments[i], ref first);
        if (first is null or { IsLocal: true }) throw new InvalidOperationException($"{operation}: every tensor is here, so there is no worker to run it at.");

        var answer = first.location.recv_msg(new OperationMessage(operation, encoded));
        GC.KeepAlive(arguments); // a pointer that is collected while its operation runs would take its tensor away
        return answer;
    }

    /// <summary>Takes the object home. The pointer has ended then.</summary>
    private protected object Request(string? user)
    {
        Whole("get", "Call .clone().get() instead.");
        var item = location.recv_msg(new ObjectRequestMessage(Reference().Id, user))!;
        End();
        return item;
    }

    /// <summary>Undoes a request: the worker has the object again, and this pointer points to it.</summary>
    private protected void Return(object item, Label label)
    {
        id_at_location = ((ObjectDescriptor)location.recv_msg(new ObjectMessage(id_at_location, item, label) { IsHandedOver = true })!).Id;
        ended = false;
        GC.ReRegisterForFinalize(this);
    }

    /// <summary>Has the object given to another worker.</summary>
    private protected void MoveTo(BaseWorker to, string? user)
    {
        ArgumentNullException.ThrowIfNull(to);
        Whole("move", $"Call .clone().move({to.id}) instead.");
        var reference = Reference();
        if (ReferenceEquals(to, location)) return;
        id = id_at_location = ((ObjectDescriptor)location.recv_msg(new TransferMessage(reference.Id, to.id, user))!).Id;
        location = to;
    }

    /// <summary>Sends this pointer to a worker, which owns the object from then on.</summary>
    private protected ObjectDescriptor HandOver(BaseWorker to)
    {
        ArgumentNullException.ThrowIfNull(to);
        Whole("send", "Call .clone() first, and send that.");
        var pointer = new StoredPointer(location.id, Reference().Id);
        var at = (ObjectDescriptor)to.recv_msg(new ObjectMessage(id, pointer, new Label()) { IsHandedOver = true })!;
        gc = false;
        return at;
    }

    /// <summary>Forgets the cached shape: the object was changed in place.</summary>
    private protected void Changed() => knownShape = null;

    private protected void End()
    {
        ended = true;
        GC.SuppressFinalize(this);
    }

    private void Whole(string verb, string instead)
    {
        if (attribute is not null) throw new CannotRequestObjectAttribute(attribute, location.id, verb, instead);
    }

    /// <summary>Puts references in the place of pointers, and sees to it that all point to one worker.</summary>
    private static object? Encode(string operation, object? argument, ref ObjectPointer? first)
    {
        switch (argument)
        {
            case ObjectPointer pointer:
                first ??= pointer;
                if (pointer.IsLocal != first.IsLocal)
                    throw TensorsNotCollocatedException.Mixed(operation, (first.IsLocal ? pointer : first).location.id, first.ToString(), pointer.ToString());
                if (!ReferenceEquals(pointer.location, first.location))
                    throw TensorsNotCollocatedException.Between(operation, first.location.ToString(), pointer.location.ToString());
                return pointer.IsLocal ? null : pointer.Reference();
            case IEnumerable<ObjectPointer> pointers:
                var references = new List<object?>();
                foreach (var pointer in pointers) references.Add(Encode(operation, pointer, ref first));
                return references.ToArray();
            default:
                return argument;
        }
    }
}
