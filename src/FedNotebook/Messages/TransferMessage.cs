namespace FedNotebook;

/// <summary>Asks a worker to give an object to another worker, directly: it does not pass through whoever asks.</summary>
/// <param name="Id">The object's id at the worker that gives.</param>
/// <param name="To">The id of the worker that takes.</param>
/// <param name="User">Who asks; a private object is given to its allowed users alone.</param>
public sealed record TransferMessage(long Id, string To, string? User = null) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.CMD;
}
