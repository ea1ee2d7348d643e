namespace FedNotebook;

/// <summary>Tells a worker that nothing points to an object any more. An object that is gone already is no error.</summary>
/// <param name="Id">The object's id at the worker.</param>
public sealed record ForceObjectDeleteMessage(long Id) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.FORCE_OBJ_DEL;
}
