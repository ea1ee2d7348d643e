namespace FedNotebook;

/// <summary>A part of an object, such as a gradient, was asked to leave without the object.</summary>
/// <param name="attribute">The part.</param>
/// <param name="worker">The worker that holds the object.</param>
/// <param name="verb">What was called.</param>
/// <param name="instead">What to call.</param>
public sealed class CannotRequestObjectAttribute(string attribute, string worker, string verb, string instead) : FederatedException(
    $"You called .{verb}() on a pointer to {attribute}, which is a part of an object at {worker} and cannot leave it. {instead}");
