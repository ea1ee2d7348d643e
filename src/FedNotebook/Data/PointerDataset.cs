using TorchSharp;

namespace FedNotebook;

/// <summary>A data set that lies at a worker: the pointers to its data and to its targets.</summary>
public sealed class PointerDataset : IDisposable
{
    /// <summary>Makes a data set of two pointers, of those that a search found for instance.</summary>
    /// <param name="data">Points to the inputs, a row an item.</param>
    /// <param name="targets">Points to what is to be learnt, as many rows, at the same worker.</param>
    /// <exception cref="ArgumentException">One is here, or they lie at different workers, or have not the same number of rows. There may be none: such a worker is left out of training.</exception>
    public PointerDataset(PointerTensor data, PointerTensor targets)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        if (data.IsLocal || targets.IsLocal)
            throw new ArgumentException("A tensor that is here is no part of a data set at a worker: make a BaseDataset of the two and .send() it.");

        if (data.location.id != targets.location.id)
        {
            throw new ArgumentException(
                $"The input is on {data.location} and the target on {targets.location}. Move one of them to the other's worker.");
        }

        var (inputs, outputs) = (data.shape, targets.shape);
        if (inputs.Length == 0 || outputs.Length == 0 || inputs[0] != outputs[0])
        {
            throw new ArgumentException(
                "On each worker, the input and target must have the same number of rows. " +
                $"On {data.location} they have the shapes [{string.Join(", ", inputs)}] and [{string.Join(", ", outputs)}].");
        }

        this.data = data;
        this.targets = targets;
        Count = inputs[0];
    }

    /// <summary>Points to the inputs.</summary>
    public PointerTensor data { get; }

    /// <summary>Points to what is to be learnt.</summary>
    public PointerTensor targets { get; }

    /// <summary>The worker who holds the data.</summary>
    public BaseWorker location => data.location;

    /// <summary>The number of items.</summary>
    public long Count { get; }

    /// <summary>Gets the data and the targets back; the worker holds them no longer.</summary>
    /// <param name="user">Who asks, where they are private.</param>
    /// <returns>The data set, in this process.</returns>
    /// <exception cref="ObjectNotFoundError">One of them was got, moved or deleted before. The other stays where it is.</exception>
    /// <exception cref="GetNotPermittedError">One of them is private, and not for that user. Both stay where they are.</exception>
    public BaseDataset get(string? user = null)
    {
        var inputs = data.get(user);
        try
        {
            using var outputs = targets.get(user);
            using (inputs) return new BaseDataset(inputs, outputs);
        }
        catch (FederatedException)
        {
            data.GiveBack(inputs);
            throw;
        }
    }

    /// <summary>Deletes the data and the targets at the worker.</summary>
    public void Dispose()
    {
        data.Dispose();
        targets.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"PointerDataset\n    Located at: {location.id}\n    Number of datapoints: {Count}\n";
}
