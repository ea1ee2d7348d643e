using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A strategy around another one: all that it does not change itself is the other's, what happens at the clients too. For whatever comes before or after an
/// algorithm without being part of it: clipping, noise, attacks for study.
/// </summary>
public abstract class StrategyWrapper : Strategy
{
    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">The strategy.</param>
    protected StrategyWrapper(Strategy inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The strategy within.</summary>
    public Strategy Inner { get; }

    /// <summary>This class's name and that of the strategy within: "Clipped FedAvg".</summary>
    public override string Name => $"{GetType().Name} {Inner.Name}";

    /// <inheritdoc/>
    public override bool AcceptsPartialWork => Inner.AcceptsPartialWork;

    /// <inheritdoc/>
    public override LocalWork Plan(LocalWork asked) => Inner.Plan(asked);

    /// <inheritdoc/>
    public override Tensor Begin(StrategyState state, int client) => Inner.Begin(state, client);

    /// <inheritdoc/>
    public override void BeginTraining(ClientTraining client) => Inner.BeginTraining(client);

    /// <inheritdoc/>
    public override void BeforeStep(ClientTraining client) => Inner.BeforeStep(client);

    /// <inheritdoc/>
    public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) => Inner.Finish(client, weights);

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) => Inner.Aggregate(state, updates);

    /// <inheritdoc/>
    public override long BytesPerClient(ModelLayout layout) => Inner.BytesPerClient(layout);

    /// <summary>This class's name and the text of the strategy within. One with settings should add them, so that a checkpoint knows them.</summary>
    public override string ToString() => $"{GetType().Name} {Inner}";
}
