using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedNotebook;

/// <summary>Simulated clients: rows of one data set in this process.</summary>
internal sealed class SimulatedPool(SimulatedClients clients) : ClientPool
{
    private string? digest;

    public override int Count => clients.Clients;

    public override string Name(int client) => $"client {client}";

    public override long Rows(int client) => clients.RowsOf(client).Count;

    public override string Digest => digest ??= Computed();

    public override ClientUpdate Train(LocalTraining training, Replica replica) =>
        training.Run(replica, clients.All.data, clients.All.targets, clients.Indices(training.Client), clients.All.ItemTransform);

    /// <summary>Of all numbers and of whose they are; computed once, and only where there are checkpoints.</summary>
    private string Computed()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in new[] { clients.All.data, clients.All.targets })
        {
            using var whole = tensor.detach().contiguous();
            hash.AppendData(whole.bytes);
        }

        for (var client = 0; client < Count; client++)
        {
            hash.AppendData(BitConverter.GetBytes(Rows(client)));
            hash.AppendData(MemoryMarshal.AsBytes(clients.Indices(client).AsSpan()));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
