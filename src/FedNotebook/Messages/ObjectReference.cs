namespace FedNotebook;

/// <summary>Stands in a message for an object that the receiver holds.</summary>
/// <param name="Id">The object's id at the receiver.</param>
public sealed record ObjectReference(long Id);
