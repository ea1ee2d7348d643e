namespace FedNotebook;

/// <summary>The base of the errors of federated work: each says what happened, where, and what to do.</summary>
/// <param name="message">The text for the user.</param>
/// <param name="inner">What caused it, if something did.</param>
public abstract class FederatedException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
