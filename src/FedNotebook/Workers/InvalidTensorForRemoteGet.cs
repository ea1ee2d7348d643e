namespace FedNotebook;

/// <summary><c>remote_get</c> was called on a pointer to data; it needs a pointer to a pointer.</summary>
/// <param name="worker">The worker that was asked.</param>
public sealed class InvalidTensorForRemoteGet(string worker) : FederatedException(
    $"remote_get() has a worker get what its pointer points to, but {worker} holds the data itself. Call .get() to have it here.");
