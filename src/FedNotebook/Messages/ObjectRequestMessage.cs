namespace FedNotebook;

/// <summary>Asks a worker for an object. The worker gives it away: it has it no longer.</summary>
/// <param name="Id">The object's id at the worker.</param>
/// <param name="User">Who asks; a private object is given to its allowed users alone.</param>
public sealed record ObjectRequestMessage(long Id, string? User = null) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.OBJ_REQ;
}
