using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A pointer to a pointer, of any depth: <c>x.send(bob).send(alice)</c> is a <c>PointerChain&lt;PointerTensor&gt;</c>, which alice's pointer
/// to bob stands behind. An operation runs where the data is, and leaves a pointer to its result on every hop. It owns the whole chain.
/// </summary>
/// <typeparam name="TTarget">What <c>get()</c> gives: a pointer, or a chain that is one shorter.</typeparam>
public sealed partial class PointerChain<TTarget> : ObjectPointer where TTarget : ObjectPointer
{
    private readonly Func<BaseWorker, ObjectDescriptor, TTarget> target;

    internal PointerChain(BaseWorker owner, BaseWorker location, ObjectDescriptor at, Func<BaseWorker, ObjectDescriptor, TTarget> target)
        : base(owner, location, at, gc: true, attribute: null) => this.target = target;

    /// <summary>Takes the pointer home that the worker holds. This one has ended then.</summary>
    /// <param name="user">Who asks, where the pointer is private.</param>
    /// <exception cref="ObjectNotFoundError">It was got, moved or deleted before.</exception>
    public TTarget get(string? user = null)
    {
        var held = (StoredPointer)Request(user);
        return target(WorkerRegistry.Find(held.Location), new ObjectDescriptor(held.Id));
    }

    /// <summary>Has the pointer given to another worker; the data stays where it is.</summary>
    /// <returns>This pointer.</returns>
    public PointerChain<TTarget> move(BaseWorker to, string? user = null)
    {
        MoveTo(to, user);
        return this;
    }

    /// <summary>Has the worker get what its pointer points to: the chain becomes one shorter, and this pointer has ended.</summary>
    /// <param name="user">Who asks, where the data is private.</param>
    /// <returns>The pointer to the worker, which now holds what was one hop further.</returns>
    public TTarget remote_get(string? user = null)
    {
        var at = (ObjectDescriptor)location.recv_msg(new RemoteGetMessage(Reference().Id, user))!;
        End();
        return target(location, at);
    }

    /// <summary>Sends this pointer to a worker: the chain becomes one longer.</summary>
    public PointerChain<PointerChain<TTarget>> send(BaseWorker location)
    {
        var at = HandOver(location);
        return new(owner, location, at, (worker, held) => new PointerChain<TTarget>(owner, worker, held, target));
    }

    internal PointerChain<TTarget> RunOne(string operation, object?[] arguments) => PointTo((ObjectDescriptor)Send(operation, arguments)!);

    internal PointerChain<TTarget>[] RunMany(string operation, object?[] arguments) =>
        [.. ((IEnumerable<ObjectDescriptor>)Send(operation, arguments)!).Select(PointTo)];

    internal void RunWithoutResult(string operation, object?[] arguments) => Send(operation, arguments);

    internal PointerChain<TTarget> RunInPlace(string operation, object?[] arguments)
    {
        Send(operation, arguments);
        Changed();
        return this;
    }

    private PointerChain<TTarget> PointTo(ObjectDescriptor at) => new(owner, location, at, target);
}
