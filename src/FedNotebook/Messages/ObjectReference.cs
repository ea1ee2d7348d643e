namespace FedNotebook;

/// <summary>Stands in a message for an object that the receiver holds, or for a part of it.</summary>
/// <param name="Id">The object's id at the receiver.</param>
/// <param name="Attribute">
/// Null for the object itself; <c>grad</c> or <c>data</c> of a tensor; the name of a parameter or buffer of a module.
/// </param>
public sealed record ObjectReference(long Id, string? Attribute = null);
