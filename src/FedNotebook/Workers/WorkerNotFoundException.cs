namespace FedNotebook;

/// <summary>No worker has that name.</summary>
/// <param name="id">The name.</param>
/// <param name="known">The names that there are.</param>
public sealed class WorkerNotFoundException(string id, IEnumerable<string> known) : FederatedException(
    $"There is no worker called \"{id}\". Known workers: {string.Join(", ", known.Order())}. Make it first, or correct the name.");
