namespace FedNotebook;

/// <summary>
/// What one worker says to another. Messages are the only way into a worker; they hold ids, names, plain values and, in
/// <see cref="ObjectMessage"/> alone, an object. The types and their numbers are PySyft's.
/// </summary>
public abstract record Message
{
    /// <summary>What kind of message this is.</summary>
    public abstract MessageType Type { get; }
}
