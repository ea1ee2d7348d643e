namespace FedNotebook;

/// <summary>Asks a worker for the shape of a tensor.</summary>
/// <param name="Of">The tensor.</param>
public sealed record GetShapeMessage(ObjectReference Of) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.GET_SHAPE;
}
