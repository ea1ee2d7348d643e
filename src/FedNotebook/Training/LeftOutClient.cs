namespace FedNotebook;

/// <summary>A client whose update was not used in a round.</summary>
/// <param name="Name">The client's name.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOutClient(string Name, string Reason)
{
    /// <summary>The name and the reason.</summary>
    public override string ToString() => $"{Name}: {Reason}";
}
