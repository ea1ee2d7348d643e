using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Stands for a tensor that a worker holds. It has the methods and operators of TorchSharp's tensor: each runs where the
/// data is, and gives a pointer to the result. It owns what it points to until it is got, moved or disposed.
/// </summary>
public sealed partial class PointerTensor : IDisposable
{
    private readonly Tensor? local;
    private long[]? knownShape;
    private bool ended;

    internal PointerTensor(BaseWorker owner, BaseWorker location, ObjectDescriptor at)
    {
        this.owner = owner;
        this.location = location;
        id_at_location = at.Id;
        knownShape = at.Shape;
        tags = at.Label?.Tags ?? [];
        description = at.Label?.Description;
    }

    private PointerTensor(Tensor local)
    {
        this.local = local;
        owner = location = WorkerRegistry.Me;
        tags = [];
        GC.SuppressFinalize(this);
    }

    /// <summary>A pointer that was dropped gives up its tensor as a disposed one does, though only when the collector finds it.</summary>
    ~PointerTensor()
    {
        if (!ended) location.NoLongerPointedTo(id_at_location);
    }

    /// <summary>The pointer's own id.</summary>
    public long id { get; private set; } = IdProvider.Next();

    /// <summary>The id of the tensor at the worker.</summary>
    public long id_at_location { get; private set; }

    /// <summary>The worker that holds the tensor.</summary>
    public BaseWorker location { get; private set; }

    /// <summary>The worker that holds this pointer.</summary>
    public BaseWorker owner { get; }

    /// <summary>The tags of the tensor when the pointer was made.</summary>
    public IReadOnlyList<string> tags { get; }

    /// <summary>The description of the tensor when the pointer was made, or null.</summary>
    public string? description { get; }

    /// <summary>The tensor's shape. Known of a tensor that was sent; asked for once, by a message, of a result.</summary>
    public long[] shape => [.. knownShape ??= local?.shape ?? (long[])location.recv_msg(new GetShapeMessage(Alive.id_at_location))!];

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

    private PointerTensor Alive => ended ? throw new ObjectNotFoundError(id_at_location, location.id) : this;

    /// <summary>
    /// Gives a local tensor the place of a pointer in an operation, so that mixing the two is an error with a text of its own
    /// (<see cref="TensorsNotCollocatedException"/>) and not a riddle of the compiler. It is sent nowhere.
    /// </summary>
    public static implicit operator PointerTensor(Tensor tensor) => new(tensor);

    /// <summary>Takes the tensor home: the worker has it no longer, and this pointer has ended.</summary>
    /// <returns>The tensor; a leaf keeps its gradient, a result comes without the graph that it was computed in.</returns>
    /// <exception cref="ObjectNotFoundError">It was got, moved or deleted before.</exception>
    public Tensor get()
    {
        if (local is not null) return local;
        var tensor = (Tensor)location.recv_msg(new ObjectRequestMessage(Alive.id_at_location))!;
        End();
        return tensor;
    }

    /// <summary>Has the tensor given to another worker, directly. This pointer then points there.</summary>
    /// <returns>This pointer.</returns>
    /// <exception cref="ObjectNotFoundError">It was got, moved or deleted before.</exception>
    public PointerTensor move(BaseWorker to)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (local is not null) throw new InvalidOperationException("This tensor is here, at no worker: .send() it first.");
        if (ReferenceEquals(to, Alive.location)) return this;
        id_at_location = ((ObjectDescriptor)location.recv_msg(new TransferMessage(id_at_location, to.id))!).Id;
        id = id_at_location;
        location = to;
        return this;
    }

    /// <summary>Always an error: a value does not leave its worker unasked.</summary>
    /// <exception cref="InvalidOperationException">Always; it says what to call.</exception>
    public T item<T>() where T : unmanaged =>
        throw new InvalidOperationException($"item() cannot be called on a pointer: the value is at {location.id}. Call .get() first: pointer.get().item<{typeof(T).Name}>().");

    /// <summary>Deletes the tensor at its worker, now. Does nothing on a pointer that has ended.</summary>
    public void Dispose()
    {
        if (ended || local is not null) return;
        End();
        location.recv_msg(new ForceObjectDeleteMessage(id_at_location));
    }

    /// <summary>PySyft's text: <c>(Wrapper)&gt;[PointerTensor | me:8 -&gt; bob:5]</c>, then a line each for tags, shape and description.</summary>
    public override string ToString()
    {
        if (local is not null) return TensorText.Of(local);
        var text = $"(Wrapper)>[PointerTensor | {owner.id}:{id} -> {location.id}:{id_at_location}]";
        if (tags.Count > 0) text += "\n\tTags: " + string.Concat(tags.Select(t => t + " "));
        if (tags.Count > 0 && knownShape is not null) text += $"\n\tShape: torch.Size([{string.Join(", ", knownShape)}])";
        if (description is not null) text += "\n\tDescription: " + description.Split('\n')[0] + "...";
        return text;
    }

    /// <summary>Whether it is the same pointer; <c>==</c> compares the tensors, at their worker.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private void End()
    {
        ended = true;
        GC.SuppressFinalize(this);
    }
}
