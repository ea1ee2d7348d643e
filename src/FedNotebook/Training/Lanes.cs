using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Trains the clients of a round side by side, each lane with a copy of the model. The order in which they happen to run changes nothing: each
/// client has its own random numbers, each uses one thread, and the results are handed on in the order of the clients.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private readonly Replica[] replicas;
    private readonly ClientPool clients;
    private readonly int threadsBefore = get_num_threads();
    private readonly Tensor randomBefore = get_rng_state().DetachFromDisposeScope();
    private bool? drawsFromTorch;

    public Lanes(nn.Module<Tensor, Tensor> model, ModelLayout layout, ClientPool clients, FederatedTrainerOptions options)
    {
        var wanted = Math.Min(options.Cores, Chosen.Number(clients, options));
        this.clients = clients;
        replicas = [.. Enumerable.Range(0, wanted).Select(_ => new Replica(model.copy(), layout))];
        if (threadsBefore > 1) set_num_threads(1);
    }

    /// <summary>The model of the first lane, to test with when no client trains.</summary>
    public Replica First => replicas[0];

    /// <summary>Trains all, each as its training says.</summary>
    /// <returns>The updates, in the same order.</returns>
    public ClientUpdate[] Train(IReadOnlyList<LocalTraining> cohort)
    {
        var updates = new ClientUpdate[cohort.Count];
        if (cohort.Count == 0) return updates;
        var lanes = Math.Min(replicas.Length, cohort.Count);
        if (lanes > 1 && (drawsFromTorch ??= DrawsFromTorch(cohort[0]))) lanes = 1;
        var errors = new Exception?[cohort.Count];
        var (next, failed) = (-1, false);

        if (lanes == 1) Lane(0);
        else Parallel.For(0, lanes, new ParallelOptions { MaxDegreeOfParallelism = lanes }, Lane);
        if (errors.FirstOrDefault(error => error is not null) is { } first)
        {
            foreach (var update in updates.OfType<ClientUpdate>()) Free(update);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        return updates;

        void Lane(int lane)
        {
            if (get_num_threads() > 1) set_num_threads(1);
            while (!Volatile.Read(ref failed) && Interlocked.Increment(ref next) is var i && i < cohort.Count)
            {
                try
                {
                    updates[i] = Train(lanes == 1 ? cohort[i] with { SeedTorch = true } : cohort[i], replicas[lane]);
                }
                catch (Exception error)
                {
                    errors[i] = error;
                    Volatile.Write(ref failed, true);
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (var replica in replicas) replica.Model.Dispose();
        if (threadsBefore > 1) set_num_threads(threadsBefore);
        set_rng_state(randomBefore);
        randomBefore.Dispose();
    }

    private ClientUpdate Train(LocalTraining training, Replica replica)
    {
        using var scope = NewDisposeScope();
        try
        {
            var begin = training.Strategy.Begin(training.State, training.Client);
            replica.Write(begin);
            return clients.Train(training with { Begin = begin }, replica);
        }
        catch (Exception error) when (error is OperationFailedException or not (OperationCanceledException or FederatedException))
        {
            training.Cancel.ThrowIfCancellationRequested(); // at a worker, this ends as an operation that failed
            throw FederatedTrainingException.After(
                training.State.Round, $"{training.Name} could not train in round {training.State.Round + 1}: {error.Message.TrimEnd('.')}.", error);
        }
    }

    /// <summary>
    /// Whether training draws from torch's own random numbers, as dropout does. There is one stream of them for all threads, so then the clients
    /// train one after another. One batch shows it; what it taught is thrown away. Two items are enough, and cost little where a batch is large; a model that cannot
    /// take so few is shown a whole batch.
    /// </summary>
    private bool DrawsFromTorch(LocalTraining training)
    {
        var one = training with { MostSteps = 1, OnBatch = null };
        using var before = get_rng_state();
        try
        {
            Free(Train(one with { Work = one.Work with { BatchSize = Math.Min(2, one.Work.BatchSize) } }, replicas[0]));
        }
        catch (FederatedTrainingException)
        {
            Free(Train(one, replicas[0]));
        }

        using var after = get_rng_state();
        return !before.bytes.SequenceEqual(after.bytes);
    }

    private static void Free(ClientUpdate update)
    {
        update.Weights.Dispose();
        foreach (var tensor in update.Sent.Values) tensor.Dispose();
    }
}
