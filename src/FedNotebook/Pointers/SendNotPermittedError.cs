namespace FedNotebook;

/// <summary>A private tensor was to be sent by somebody who may not have it. It stays here.</summary>
/// <param name="worker">Where it was to be sent.</param>
/// <param name="user">Who sent it; null: nobody said who.</param>
public sealed class SendNotPermittedError(string worker, string? user) : FederatedException(
    $"The tensor is private, and {(user is null ? "nobody was named who sends it" : $"\"{user}\" is not among its allowed users")}. "
    + $"An allowed user calls .send({worker}, user: \"name\"). The tensor stays here.");
