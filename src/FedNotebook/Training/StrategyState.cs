using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// All that a strategy knows between two rounds: the model, and whatever else it remembers. It goes into
/// <see cref="Strategy.Aggregate"/> and a new one comes out; a checkpoint holds the whole of it.
/// </summary>
/// <param name="Layout">How the model's tensors lie in vectors.</param>
/// <param name="Weights">The model as one vector of <c>Layout.Length</c> numbers.</param>
/// <param name="Clients">How many clients there are to choose from.</param>
/// <param name="Seed">The run's seed, from which <see cref="Random"/> comes.</param>
public sealed record StrategyState(ModelLayout Layout, Tensor Weights, int Clients, int Seed)
{
    /// <summary>How many rounds are done.</summary>
    public int Round { get; init; }

    /// <summary>What the strategy remembers by name, momentum for instance; it must not change a tensor that lies here, only put another in its place.</summary>
    public ImmutableDictionary<string, Tensor> Memory { get; init; } = ImmutableDictionary<string, Tensor>.Empty;

    /// <summary>What the strategy remembers of single clients.</summary>
    internal ClientMemory OfClients { get; init; } = ClientMemory.Empty;

    /// <summary>The model's parameters, without its buffers: a view of <see cref="Weights"/>.</summary>
    public Tensor Parameters => Weights.narrow(0, 0, Layout.ParameterLength);

    /// <summary>A vector over the parameters that was remembered.</summary>
    /// <param name="name">The name under which it was remembered.</param>
    /// <param name="otherwise">The value of all its elements where there is none.</param>
    public Tensor Recall(string name, double otherwise = 0) =>
        Memory.TryGetValue(name, out var tensor) ? tensor : full([Layout.ParameterLength], otherwise, dtype: ScalarType.Float64);

    /// <summary>This state, remembering a tensor.</summary>
    /// <param name="name">Any name; a tensor that was remembered under it is forgotten.</param>
    /// <param name="tensor">The tensor.</param>
    public StrategyState Remember(string name, Tensor tensor) => this with { Memory = Memory.SetItem(name, tensor) };

    /// <summary>What was remembered of a client.</summary>
    /// <param name="client">The client's number.</param>
    /// <param name="name">The name under which it was remembered.</param>
    /// <returns>A copy of the tensor, the caller's; null where there is none.</returns>
    /// <exception cref="ObjectDisposedException">The state is of a round that is over.</exception>
    public Tensor? RecallOf(int client, string name) => OfClients.Recall(client, name);

    /// <summary>
    /// This state, remembering a tensor of a single client. Such tensors lie in a temporary file, so that thousands of clients may have one; checkpoints have them too.
    /// </summary>
    /// <param name="client">The client's number.</param>
    /// <param name="name">Any name; a tensor of this client that was remembered under it is forgotten.</param>
    /// <param name="tensor">The tensor, which is copied.</param>
    /// <exception cref="ArgumentException">There is no such client, or the tensor has numbers that are not finite.</exception>
    /// <exception cref="IOException">There is no room in the folder for temporary files.</exception>
    public StrategyState RememberOf(int client, string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (client < 0 || client >= Clients)
            throw new ArgumentOutOfRangeException(nameof(client), $"There are {Clients} clients, 0 to {Clients - 1}; there is no client {client} to remember \"{name}\" of.");
        if (!FiniteNumbers.Only(tensor)) throw new ArgumentException($"what it wants to remember of client {client} as \"{name}\" has numbers that are not finite");
        return this with { OfClients = OfClients.With(client, name, tensor) };
    }

    /// <summary>The way from this state's parameters to those of another model, in 64-bit numbers.</summary>
    /// <param name="weights">The other model, a vector of <c>Layout.Length</c> numbers.</param>
    public Tensor ChangeTo(Tensor weights) => weights.narrow(0, 0, Layout.ParameterLength).to(ScalarType.Float64).sub(Parameters);

    /// <summary>This state with its parameters moved, and with the buffers of another model.</summary>
    /// <param name="step">What is added to the parameters, a vector of <c>Layout.ParameterLength</c> numbers.</param>
    /// <param name="buffers">The model that has the buffers, a vector of <c>Layout.Length</c> numbers.</param>
    public StrategyState Move(Tensor step, Tensor buffers)
    {
        var parameters = Parameters.to(ScalarType.Float64).add(step).to(Layout.Type);
        return this with { Weights = cat([parameters, buffers.narrow(0, Layout.ParameterLength, Layout.Length - Layout.ParameterLength)]) };
    }

    /// <summary>Random numbers for the round that comes: the same in each run of one seed.</summary>
    public Random Random() => TrainingSeed.Random(Seed, Round + 1, -2);
}
