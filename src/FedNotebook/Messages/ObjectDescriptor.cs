namespace FedNotebook;

/// <summary>What a worker says about an object that it holds: never the object, never its values.</summary>
/// <param name="Id">The object's id at the worker.</param>
/// <param name="Shape">The shape of a tensor, where the worker had it at hand; otherwise null.</param>
/// <param name="Label">Tags and description; null when the object has none.</param>
public sealed record ObjectDescriptor(long Id, long[]? Shape = null, Label? Label = null);
