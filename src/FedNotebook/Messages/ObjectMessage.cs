namespace FedNotebook;

/// <summary>Hands an object over to a worker, which keeps it under <paramref name="Id"/>.</summary>
/// <param name="Id">The id that the object has at the receiver.</param>
/// <param name="Object">A tensor or a module. A worker in this process takes the very object; nothing is serialized.</param>
/// <param name="Label">The object's tags and description.</param>
public sealed record ObjectMessage(long Id, object Object, Label Label) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.OBJ;

    /// <summary>Whether the sender keeps nothing of it: it is a copy, or was the sender's no longer.</summary>
    internal bool IsHandedOver { get; init; }
}
