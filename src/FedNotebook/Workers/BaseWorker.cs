using System.Collections.Concurrent;

namespace FedNotebook;

/// <summary>
/// Somebody who holds data: an owner of objects that others reach through messages alone. Pointers, models and data sets
/// know only this class, so a worker may be in this process or anywhere else.
/// </summary>
public abstract class BaseWorker
{
    private readonly ConcurrentQueue<long> unreachable = new();
    private readonly ConcurrentQueue<Message> history = new();

    /// <summary>Makes a worker known under its id.</summary>
    /// <param name="id">The worker's name; not empty.</param>
    protected BaseWorker(string id)
    {
        if (string.IsNullOrWhiteSpace(id)) throw new ArgumentException("A worker needs a name, such as \"bob\".", nameof(id));
        this.id = id;
    }

    /// <summary>The worker's name.</summary>
    public string id { get; }

    /// <summary>What the worker holds, by id, in the order in which it came.</summary>
    public abstract IReadOnlyDictionary<long, object> _objects { get; }

    /// <summary>Whether the worker keeps the messages that it gets in <see cref="msg_history"/>.</summary>
    public bool log_msgs { get; set; }

    /// <summary>The messages that came while <see cref="log_msgs"/> was on, the oldest first.</summary>
    public IReadOnlyList<Message> msg_history => [.. history];

    /// <summary>All workers of this process by id, this one among them.</summary>
    public IReadOnlyDictionary<string, BaseWorker> _known_workers => WorkerRegistry.Known;

    /// <summary>How many objects the worker holds.</summary>
    public int objects_count => _objects.Count;

    /// <summary>Finds a worker by its id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="fail_hard">Whether an unknown id is an error; otherwise it gives null.</param>
    /// <exception cref="WorkerNotFoundException">There is no such worker, and <paramref name="fail_hard"/> is true.</exception>
    public BaseWorker? get_worker(string id, bool fail_hard = false) => fail_hard ? WorkerRegistry.Find(id) : WorkerRegistry.Known.GetValueOrDefault(id);

    /// <summary>The worker itself: an instance is as good as its id.</summary>
    public BaseWorker get_worker(BaseWorker worker) => Argument.Given(worker);

    /// <summary>Sends a message to another worker.</summary>
    /// <returns>Its answer.</returns>
    public object? send_msg(Message message, BaseWorker location) => Argument.Given(location).recv_msg(message);

    /// <summary>Asks another worker for an object, which it then has no longer.</summary>
    /// <param name="id">The object's id there.</param>
    /// <param name="location">The other worker.</param>
    /// <param name="user">Who asks, where the object is private.</param>
    /// <exception cref="ObjectNotFoundError">The other worker does not hold it.</exception>
    /// <exception cref="GetNotPermittedError">It is private, and not for that user.</exception>
    public object request_obj(long id, BaseWorker location, string? user = null) => send_msg(new ObjectRequestMessage(id, user), location)!;

    /// <summary>Forgets every object.</summary>
    /// <returns>This worker.</returns>
    public abstract BaseWorker clear_objects();

    /// <summary>Takes a message and answers it.</summary>
    /// <returns>
    /// A descriptor or a list of them (object, operation, search), the object (request), its shape (shape), or null.
    /// </returns>
    /// <exception cref="ObjectNotFoundError">The message names an object that the worker does not hold.</exception>
    /// <exception cref="UnsupportedOperationException">The worker does not run that operation.</exception>
    public object? recv_msg(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        DeleteUnreachable();
        if (log_msgs) history.Enqueue(message);
        return Handle(message);
    }

    /// <summary>Looks at an object without a message, which only works in this process.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="look">Takes what is wanted from the object and its label, and keeps neither.</param>
    /// <param name="seen">What <paramref name="look"/> took; null when the worker does not hold the object.</param>
    /// <returns>Whether one can look into this worker at all.</returns>
    internal virtual bool TryPeek<T>(long id, Func<StoredObject, T> look, out T? seen) where T : class
    {
        seen = null;
        return false;
    }

    /// <summary>Answers a message.</summary>
    protected abstract object? Handle(Message message);

    /// <summary>
    /// Says that the last pointer to an object was collected. Called by finalizers, hence only noted here; the deletion happens
    /// before the next message or look at the store.
    /// </summary>
    internal void NoLongerPointedTo(long objectId) => unreachable.Enqueue(objectId);

    /// <summary>Deletes what was noted by <see cref="NoLongerPointedTo"/>.</summary>
    private protected void DeleteUnreachable()
    {
        while (unreachable.TryDequeue(out var objectId))
        {
            var message = new ForceObjectDeleteMessage(objectId);
            if (log_msgs) history.Enqueue(message);
            Handle(message);
        }
    }

    /// <summary>PySyft's text: <c>&lt;VirtualWorker id:bob #objects:2&gt;</c>.</summary>
    public override string ToString() => $"<{GetType().Name} id:{id} #objects:{_objects.Count}>";
}
