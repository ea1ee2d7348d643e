namespace FedNotebook;

/// <summary>A worker was asked for an operation that it does not agree to run.</summary>
/// <param name="operation">The name that was asked for.</param>
public sealed class UnsupportedOperationException(string operation)
    : FederatedException($"Command \"{operation}\" is not a supported torch operation.");
