namespace FedNotebook;

/// <summary>A worker agreed to run an operation, and it could not be run over these arguments. The worker's objects are as they were.</summary>
public sealed class OperationFailedException : FederatedException
{
    private OperationFailedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    internal static OperationFailedException At(string worker, string operation, Exception reason) => new(
        $"{operation.Split('(')[0]} failed at {worker}: {reason.Message}", reason);

    /// <summary>Over private tensors the reason stays untold: an index that is out of range would be a value.</summary>
    internal static OperationFailedException Untold(string worker, string operation) => new(
        $"{operation.Split('(')[0]} failed at {worker}. Private tensors took part, so the reason is not told: it could tell their values. "
        + "Compare the shapes and types, or try the same with public tensors of the same shapes.");
}
