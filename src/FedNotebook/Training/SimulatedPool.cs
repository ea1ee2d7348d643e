namespace FedNotebook;

/// <summary>Simulated clients: rows of one data set in this process.</summary>
internal sealed class SimulatedPool(SimulatedClients clients) : ClientPool
{
    public override int Count => clients.Clients;

    public override string Name(int client) => $"client {client}";

    public override long Rows(int client) => clients.RowsOf(client).Count;

    public override ClientUpdate Train(LocalTraining training, Replica replica) =>
        training.Run(replica, clients.All.data, clients.All.targets, clients.Indices(training.Client), clients.All.ItemTransform);
}
