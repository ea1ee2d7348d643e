namespace FedNotebook;

/// <summary>What a worker holds when a pointer was sent to it: where to find an object at yet another worker. It owns that object.</summary>
/// <param name="Location">The id of the worker that is pointed to.</param>
/// <param name="Id">The object's id there.</param>
public sealed record StoredPointer(string Location, long Id);
