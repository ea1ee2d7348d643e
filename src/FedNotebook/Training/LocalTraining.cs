using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The training of one client in one round: batch after batch, as anybody would write it.</summary>
internal sealed record LocalTraining
{
    /// <summary>Rows are fetched and transformed for about so many items at once: one item at a time costs calls, all at once costs memory.</summary>
    private const int ItemsAtOnce = 1024;

    public required StrategyState State { get; init; }

    public required Strategy Strategy { get; init; }

    public required Func<Tensor, Tensor, Tensor> Loss { get; init; }

    public required Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> Optimizer { get; init; }

    public required LocalWork Work { get; init; }

    public required int Client { get; init; }

    public required string Name { get; init; }

    /// <summary>After how many batches to stop, whatever the epochs.</summary>
    public int MostSteps { get; init; } = int.MaxValue;

    /// <summary>Whether the model draws from torch's own random numbers, so that these must begin anew for each client.</summary>
    public bool SeedTorch { get; init; }

    public Action<TrainingBatch>? OnBatch { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>Trains a model that has the round's weights.</summary>
    /// <param name="replica">The model.</param>
    /// <param name="data">All rows.</param>
    /// <param name="targets">All targets.</param>
    /// <param name="own">The client's rows; null for all.</param>
    /// <param name="transform">What is done to the data of a row, if anything.</param>
    public ClientUpdate Run(Replica replica, Tensor data, Tensor targets, int[]? own, Transform? transform)
    {
        var seed = TrainingSeed.Of(State.Seed, State.Round + 1, Client);
        if (SeedTorch) manual_seed(seed);
        using var grads = enable_grad();
        using var begin = replica.Read();
        using var optimizer = Optimizer(replica.Parameters.Where(parameter => parameter.requires_grad))
            ?? throw new InvalidOperationException("The option Optimizer gave null; it must give an optimizer: p => optim.SGD(p, 0.1).");
        var client = new ClientTraining(State, Client, replica.Parameters, begin, optimizer);
        replica.Model.train();
        using (no_grad()) Strategy.BeginTraining(client);

        var order = own is null ? [.. Enumerable.Range(0, (int)data.shape[0]).Select(row => (long)row)] : Array.ConvertAll(own, row => (long)row);
        var random = new Random(seed);
        for (var epoch = 0; epoch < Work.Epochs && GoesOn(client); epoch++)
        {
            if (Work.Shuffle) random.Shuffle(order);
            Epoch(client, replica.Model, optimizer, data, targets, order, transform);
        }

        using var noGrad = no_grad();
        var weights = replica.Read();
        var sent = Strategy.Finish(client, weights);
        foreach (var tensor in sent.Values) tensor.DetachFromDisposeScope();
        client.Free();
        return new ClientUpdate(Client, Name, order.Length, client.Steps, client.LossSum / client.Items, weights) { Sent = sent };
    }

    private void Epoch(
        ClientTraining client, nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor data, Tensor targets, long[] order, Transform? transform)
    {
        var batch = Math.Min(Work.BatchSize, order.Length);
        var chunk = (int)Math.Min(order.Length, (long)batch * Math.Max(1, ItemsAtOnce / batch));
        for (var first = 0; first < order.Length; first += chunk)
        {
            using var scope = NewDisposeScope();
            using var index = tensor(order[first..Math.Min(order.Length, first + chunk)]);
            var inputs = data.index_select(0, index);
            if (transform is not null) inputs = transform.CallBatch(inputs);
            var outputs = targets.index_select(0, index);
            for (long start = 0; start < index.numel(); start += batch)
            {
                if (!GoesOn(client)) return;
                var length = Math.Min(batch, index.numel() - start);
                using var x = inputs.narrow(0, start, length);
                using var y = outputs.narrow(0, start, length);
                Step(client, model, optimizer, x, y);
                OnBatch?.Invoke(new TrainingBatch(State.Round + 1, Name, client.Steps, Steps(order.Length), client.LastLoss));
            }
        }
    }

    private void Step(ClientTraining client, nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor x, Tensor y)
    {
        Cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = Loss(model.call(x), y);
        if (loss.numel() != 1)
            throw new InvalidOperationException($"The loss of a batch must be one number; it has the shape [{string.Join(", ", loss.shape)}]. Take its mean.");

        loss.backward();
        using (no_grad()) Strategy.BeforeStep(client);
        optimizer.step();
        client.Count(loss.to(ScalarType.Float64).item<double>(), x.shape[0]);
    }

    /// <summary>Numbers that are no longer finite will not become so again.</summary>
    private bool GoesOn(ClientTraining client) => client.Steps < MostSteps && double.IsFinite(client.LossSum);

    private int Steps(int rows)
    {
        var batch = Math.Min(Work.BatchSize, rows);
        return (int)Math.Min(MostSteps, (long)Work.Epochs * ((rows + batch - 1) / batch));
    }
}
