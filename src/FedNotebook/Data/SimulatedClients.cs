using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A data set divided among simulated clients, any number of them: each has a list of rows, and nothing is copied before it trains.
/// </summary>
public sealed class SimulatedClients
{
    private readonly BaseDataset all;
    private readonly IReadOnlyList<int[]> rows;

    /// <summary>Divides a data set.</summary>
    /// <param name="dataset">The items of all clients. It must stay undisposed as long as the clients are used.</param>
    /// <param name="rows">The rows of each client; a client may have none, no row may have two clients.</param>
    /// <exception cref="ArgumentException">There is no client, a row does not exist, or it is in two lists.</exception>
    public SimulatedClients(BaseDataset dataset, IReadOnlyList<int[]> rows)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("There must be at least one client.", nameof(rows));
        var taken = new bool[dataset.Count];
        for (var client = 0; client < rows.Count; client++)
        {
            foreach (var row in rows[client] ?? throw new ArgumentException($"The rows of client {client} are null; give it an empty list.", nameof(rows)))
            {
                if (row < 0 || row >= taken.Length) throw new ArgumentException($"Client {client} has the row {row}; the rows are 0 to {taken.Length - 1}.", nameof(rows));
                if (taken[row]) throw new ArgumentException($"Client {client} has the row {row}, which another client has already or which it has twice.", nameof(rows));
                taken[row] = true;
            }
        }

        (all, this.rows) = (dataset, rows);
        Count = rows.Sum(list => (long)list.Length);
    }

    /// <summary>The number of clients.</summary>
    public int Clients => rows.Count;

    /// <summary>The number of items at all clients.</summary>
    public long Count { get; }

    /// <summary>A client's items, as a data set of copies.</summary>
    /// <param name="client">The client's number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such client.</exception>
    /// <exception cref="InvalidOperationException">The client has no items.</exception>
    public BaseDataset this[int client]
    {
        get
        {
            var own = RowsOf(client);
            if (own.Count == 0) throw new InvalidOperationException($"Client {client} has no items.");
            using var scope = NewDisposeScope();
            var index = tensor(rows[client].Select(row => (long)row).ToArray());
            return new BaseDataset(Part(all.data, index), Part(all.targets, index), all.ItemTransform);
        }
    }

    private static Tensor Part(Tensor whole, Tensor rows)
    {
        var part = whole.index_select(0, rows);
        Label.CarryToPart(Label.Of(whole), part);
        return part;
    }

    /// <summary>The rows of a client in the data set that was divided.</summary>
    /// <param name="client">The client's number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such client.</exception>
    public IReadOnlyList<int> RowsOf(int client) => client >= 0 && client < rows.Count
        ? rows[client]
        : throw new ArgumentOutOfRangeException(nameof(client), $"There are {rows.Count} clients, 0 to {rows.Count - 1}; there is no client {client}.");

    /// <summary>The data set that was divided.</summary>
    internal BaseDataset All => all;

    /// <summary>The rows of a client, not to be changed.</summary>
    internal int[] Indices(int client) => rows[client];

    /// <inheritdoc/>
    public override string ToString() =>
        $"SimulatedClients\n    Number of clients: {Clients}\n    Number of datapoints: {Count}\n    Datapoints a client: {rows.Min(r => r.Length)} to {rows.Max(r => r.Length)}\n";
}
