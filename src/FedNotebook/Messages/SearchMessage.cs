namespace FedNotebook;

/// <summary>Asks a worker for descriptors of the tensors that match every term.</summary>
/// <param name="Terms">Whole tags, ids as text, or parts of the description. No term matches every tensor that has a tag.</param>
public sealed record SearchMessage(IReadOnlyList<string> Terms) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.SEARCH;
}
