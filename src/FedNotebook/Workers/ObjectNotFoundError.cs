namespace FedNotebook;

/// <summary>A worker was asked for an object, or a part of one, that it does not hold.</summary>
/// <param name="id">The id that was asked for.</param>
/// <param name="worker">The worker's id.</param>
/// <param name="attribute">The part that was asked for; null: the object itself.</param>
public sealed class ObjectNotFoundError(long id, string worker, string? attribute = null) : FederatedException(attribute is null
    ? $"Object {id} is not at {worker}. It was got, moved or deleted before: .get() and .move() take an object away, and so does disposing a pointer to it; "
        + $"a FederatedDataLoader deletes each batch when it goes on to the next one, unless it is made with disposeBatch: false. "
        + $"{worker}._objects shows what is there."
    : $"Object {id} at {worker} has no {attribute}.")
{
    /// <summary>The id that was asked for.</summary>
    public long Id => id;
}
