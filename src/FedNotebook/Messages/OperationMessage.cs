namespace FedNotebook;

/// <summary>Asks a worker to run an operation over objects that it holds.</summary>
/// <param name="Name">A name in the table of operations, such as <c>add(Tensor)</c>.</param>
/// <param name="Arguments">
/// Plain values, and an <see cref="ObjectReference"/> wherever the operation takes an object of the worker; arrays of both.
/// </param>
public sealed record OperationMessage(string Name, object?[] Arguments) : Message
{
    /// <inheritdoc/>
    public override MessageType Type => MessageType.CMD;
}
