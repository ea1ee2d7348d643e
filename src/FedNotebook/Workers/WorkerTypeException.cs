namespace FedNotebook;

/// <summary>A worker was made under the id of one of another type.</summary>
/// <param name="id">The id.</param>
public sealed class WorkerTypeException(string id) : FederatedException(
    $"Worker initialized with the same id and different types. \"{id}\" is taken: choose another name.");
