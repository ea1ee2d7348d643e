namespace FedNotebook;

/// <summary>A worker was asked for a private object by somebody who may not have it. The object stays where it is.</summary>
/// <param name="id">The object's id.</param>
/// <param name="worker">The worker's id.</param>
/// <param name="user">Who asked; null: nobody said who.</param>
public sealed class GetNotPermittedError(long id, string worker, string? user) : FederatedException(
    $"Object {id} at {worker} is private, and {(user is null ? "nobody was named who asks for it" : $"\"{user}\" is not among its allowed users")}. "
    + "An allowed user calls .get(user: \"name\"). The object stays where it is.");
