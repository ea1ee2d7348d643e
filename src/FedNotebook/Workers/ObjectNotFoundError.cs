namespace FedNotebook;

/// <summary>A worker was asked for an object that it does not hold.</summary>
/// <param name="id">The id that was asked for.</param>
/// <param name="worker">The worker's id.</param>
public sealed class ObjectNotFoundError(long id, string worker) : FederatedException(
    $"Object {id} is not at {worker}. It was got, moved or deleted before: .get() and .move() take an object away, and so does disposing a pointer to it. "
    + $"{worker}._objects shows what is there.")
{
    /// <summary>The id that was asked for.</summary>
    public long Id => id;
}
