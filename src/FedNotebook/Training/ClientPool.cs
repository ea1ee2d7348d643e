namespace FedNotebook;

/// <summary>All clients that a trainer may choose from.</summary>
internal abstract class ClientPool
{
    public abstract int Count { get; }

    /// <summary>The client's name in reports.</summary>
    public abstract string Name(int client);

    /// <summary>The number of the client's items.</summary>
    public abstract long Rows(int client);

    /// <summary>A text that differs where the clients have other data, as far as these may be seen from here.</summary>
    public abstract string Digest { get; }

    /// <summary>Has a client train on a replica that has the round's weights, and brings the result home.</summary>
    public abstract ClientUpdate Train(LocalTraining training, Replica replica);
}
