using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Stands for a tensor that a worker holds. It has the methods and operators of TorchSharp's tensor: each runs where the
/// data is, and gives a pointer to the result.
/// </summary>
public sealed partial class PointerTensor : ObjectPointer
{
    private readonly Tensor? local;

    internal PointerTensor(BaseWorker owner, BaseWorker location, ObjectDescriptor at, bool gc = true, string? attribute = null)
        : base(owner, location, at, gc, attribute)
    {
    }

    private PointerTensor(Tensor local) : base(WorkerRegistry.Me, WorkerRegistry.Me, new ObjectDescriptor(0), gc: false, attribute: null) => this.local = local;

    /// <summary>The gradient of the tensor, where it is; null while there is none. The pointer owns nothing: <c>.clone().get()</c> brings the gradient here.</summary>
    public PointerTensor? grad => (bool)location.recv_msg(new IsNoneMessage(Reference() with { Attribute = "grad" }))! ? null : Part("grad");

    /// <summary>The tensor's values without its history, where they are. The pointer owns nothing.</summary>
    public PointerTensor data => Part("data");

    /// <summary>This pointer, which leaves the tensor at the worker when it goes (PySyft's disable_gc).</summary>
    public PointerTensor disable_gc
    {
        get
        {
            gc = false;
            return this;
        }
    }

    /// <summary>The pointer that this is a part of.</summary>
    internal PointerTensor? Whole { get; private init; }

    internal override Tensor? Local => local;

    /// <summary>
    /// Gives a local tensor the place of a pointer in an operation, so that mixing the two is an error with a text of its own
    /// (<see cref="TensorsNotCollocatedException"/>) and not a riddle of the compiler. It is sent nowhere.
    /// </summary>
    public static implicit operator PointerTensor(Tensor tensor) => new(tensor);

    /// <summary>A pointer to something that a worker is known to hold.</summary>
    /// <param name="location">The worker that holds it.</param>
    /// <param name="id_at_location">Its id there.</param>
    /// <param name="ptr_id">The pointer's own id; a fresh one where left out.</param>
    /// <param name="owner">The worker that holds the pointer; "me" where left out.</param>
    /// <param name="garbage_collect_data">Whether the tensor goes when the pointer goes.</param>
    public static PointerTensor create_pointer(BaseWorker location, long id_at_location, long? ptr_id = null, BaseWorker? owner = null, bool garbage_collect_data = true)
    {
        ArgumentNullException.ThrowIfNull(location);
        var pointer = new PointerTensor(owner ?? WorkerRegistry.Me, location, new ObjectDescriptor(id_at_location), garbage_collect_data);
        if (ptr_id is { } own) pointer.id = own;
        return pointer;
    }

    /// <summary>Takes the tensor home: the worker has it no longer, and this pointer has ended.</summary>
    /// <param name="user">Who asks, where the tensor is private.</param>
    /// <returns>The tensor; a leaf keeps its gradient, a result comes without the graph that it was computed in.</returns>
    /// <exception cref="ObjectNotFoundError">It was got, moved or deleted before.</exception>
    /// <exception cref="GetNotPermittedError">It is private, and not for that user. It stays where it is.</exception>
    /// <exception cref="CannotRequestObjectAttribute">This points to a part of something.</exception>
    public Tensor get(string? user = null) => local ?? (Tensor)Request(user);

    /// <summary>Has the tensor given to another worker, directly. This pointer then points there.</summary>
    /// <param name="to">The worker.</param>
    /// <param name="user">Who asks, where the tensor is private.</param>
    /// <returns>This pointer.</returns>
    /// <exception cref="ObjectNotFoundError">It was got, moved or deleted before.</exception>
    /// <exception cref="GetNotPermittedError">It is private, and not for that user. It stays where it is.</exception>
    public PointerTensor move(BaseWorker to, string? user = null)
    {
        if (local is not null) throw new InvalidOperationException("This tensor is here, at no worker: .send() it first.");
        MoveTo(to, user);
        return this;
    }

    /// <summary>Sends this pointer to a worker. The worker's copy owns the tensor from then on; the result points to it.</summary>
    /// <param name="location">The worker that shall hold the pointer.</param>
    /// <returns>A pointer to a pointer, whose <c>get()</c> is a pointer.</returns>
    public PointerChain<PointerTensor> send(BaseWorker location)
    {
        var at = HandOver(location);
        return new PointerChain<PointerTensor>(owner, location, at, (worker, held) => new PointerTensor(owner, worker, held));
    }

    /// <summary>Puts this pointer and others, to tensors of the same shape at other workers, together.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or two of them are at one worker.</exception>
    public MultiPointerTensor combine(params PointerTensor[] pointers) => new([this, .. Argument.Given(pointers)]);

    /// <summary>Always an error: this points to data, not to a pointer.</summary>
    /// <exception cref="InvalidTensorForRemoteGet">Always.</exception>
    public PointerTensor remote_get() => throw new InvalidTensorForRemoteGet(location.id);

    /// <summary>Puts a tensor back that was got.</summary>
    internal void GiveBack(Tensor tensor) => Return(tensor, Label.Of(tensor));

    internal PointerTensor RunOne(string operation, object?[] arguments) => PointTo((ObjectDescriptor)Send(operation, arguments)!);

    internal PointerTensor[] RunMany(string operation, object?[] arguments) =>
        [.. ((IEnumerable<ObjectDescriptor>)Send(operation, arguments)!).Select(PointTo)];

    internal void RunWithoutResult(string operation, object?[] arguments) => Send(operation, arguments);

    internal PointerTensor RunInPlace(string operation, object?[] arguments)
    {
        Send(operation, arguments);
        Changed();
        return this;
    }

    private PointerTensor PointTo(ObjectDescriptor at) => new(owner, location, at);

    // Who holds a part holds the whole: otherwise the collector would end it, and the object with it.
    private PointerTensor Part(string attribute) => new(owner, location, new ObjectDescriptor(Reference().Id), gc: false, attribute) { Whole = this };
}
