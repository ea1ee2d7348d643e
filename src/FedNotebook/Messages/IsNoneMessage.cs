namespace FedNotebook;

/// <summary>Asks a worker whether a part of an object is there, such as the gradient of a tensor.</summary>
/// <param name="Of">The object and the part.</param>
public sealed record IsNoneMessage(ObjectReference Of) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.IS_NONE;
}
