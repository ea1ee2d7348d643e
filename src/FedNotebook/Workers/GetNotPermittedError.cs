namespace FedNotebook;

/// <summary>Something was asked of a worker that would give a private object, or what it tells, to somebody who may not have it. The object stays where it is.</summary>
public sealed class GetNotPermittedError : FederatedException
{
    /// <summary>A private object was asked for.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="worker">The worker's id.</param>
    /// <param name="user">Who asked; null: nobody said who.</param>
    public GetNotPermittedError(long id, string worker, string? user) : this(
        $"Object {id} at {worker} is private, and {(user is null ? "nobody was named who asks for it" : $"\"{user}\" is not among its allowed users")}. "
        + "An allowed user calls .get(user: \"name\"). The object stays where it is.")
    {
    }

    private GetNotPermittedError(string message) : base(message)
    {
    }

    internal static GetNotPermittedError WouldBeSeen(long? id, string worker) => new(
        $"Private data would be written into {(id is null ? "a tensor" : $"object {id}")} at {worker} that can be seen outside: it belongs to a model, or somebody holds it. "
        + "Compute a new tensor instead, or .clone() this one first. Nothing was written.");

    internal static GetNotPermittedError Shape(long id, string worker) => new(
        $"The shape of object {id} at {worker} depends on private values, so it is private too. An allowed user calls .get(user: \"name\").");
}
