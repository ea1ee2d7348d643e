namespace FedNotebook;

/// <summary>Asks a worker that holds a pointer to get what it points to, and to keep that in the pointer's place.</summary>
/// <param name="Id">The pointer's id at the worker.</param>
/// <param name="User">Who asks; a private object is given to its allowed users alone.</param>
public sealed record RemoteGetMessage(long Id, string? User = null) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.CMD;
}
