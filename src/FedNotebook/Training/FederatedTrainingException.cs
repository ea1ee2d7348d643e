namespace FedNotebook;

/// <summary>A federated training cannot go on. The model is that of the last whole round.</summary>
public sealed class FederatedTrainingException : FederatedException
{
    internal FederatedTrainingException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
