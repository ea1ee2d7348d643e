namespace FedNotebook;

/// <summary>Asks a worker for descriptors of the objects that match every term.</summary>
/// <param name="Terms">Whole tags, or ids as text. No term matches every object that has a tag.</param>
public sealed record SearchMessage(IReadOnlyList<string> Terms) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.SEARCH;
}
