using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// All that a strategy knows between two rounds: the model, and whatever else it remembers. It goes into
/// <see cref="Strategy.Aggregate"/> and a new one comes out; a checkpoint holds the whole of it.
/// </summary>
/// <param name="Layout">How the model's tensors lie in vectors.</param>
/// <param name="Weights">The model as one vector of <c>Layout.Length</c> numbers.</param>
/// <param name="Seed">The run's seed, from which <see cref="Random"/> comes.</param>
public sealed record StrategyState(ModelLayout Layout, Tensor Weights, int Seed)
{
    /// <summary>How many rounds are done.</summary>
    public int Round { get; init; }

    /// <summary>What the strategy remembers by name, momentum for instance; it must not change a tensor that lies here, only put another in its place.</summary>
    public ImmutableDictionary<string, Tensor> Memory { get; init; } = ImmutableDictionary<string, Tensor>.Empty;

    /// <summary>The model's parameters, without its buffers: a view of <see cref="Weights"/>.</summary>
    public Tensor Parameters => Weights.narrow(0, 0, Layout.ParameterLength);

    /// <summary>A tensor that was remembered, or zeros.</summary>
    /// <param name="name">The name under which it was remembered.</param>
    /// <param name="length">The number of zeros where there is none.</param>
    public Tensor Recall(string name, long length) => Memory.TryGetValue(name, out var tensor) ? tensor : zeros(length, dtype: Layout.Type);

    /// <summary>This state, remembering a tensor.</summary>
    public StrategyState Remember(string name, Tensor tensor) => this with { Memory = Memory.SetItem(name, tensor) };

    /// <summary>This state with other parameters and the buffers of <paramref name="weights"/>.</summary>
    /// <param name="parameters">A vector of <c>Layout.ParameterLength</c> numbers.</param>
    /// <param name="weights">A vector of <c>Layout.Length</c> numbers, of which the buffers are taken.</param>
    public StrategyState With(Tensor parameters, Tensor weights) => this with
    {
        Weights = Layout.ParameterLength == Layout.Length
            ? parameters
            : cat([parameters, weights.narrow(0, Layout.ParameterLength, Layout.Length - Layout.ParameterLength)]),
    };

    /// <summary>Random numbers for the round that comes: the same in each run of one seed.</summary>
    public Random Random() => TrainingSeed.Random(Seed, Round + 1, -2);
}
