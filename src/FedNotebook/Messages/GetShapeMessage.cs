namespace FedNotebook;

/// <summary>Asks a worker for the shape of a tensor.</summary>
/// <param name="Id">The tensor's id at the worker.</param>
public sealed record GetShapeMessage(long Id) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.GET_SHAPE;
}
