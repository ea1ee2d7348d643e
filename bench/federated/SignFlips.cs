namespace FederatedBenchmark;

/// <summary>
/// Clients that send the opposite of what they learnt: w₀ − s·(w − w₀) in place of w. What is made of it is the inner strategy's.
/// </summary>
/// <param name="inner">The strategy under attack.</param>
/// <param name="bad">How many of the clients, the first ones, are bad.</param>
/// <param name="strength">The factor s.</param>
internal sealed class SignFlips(Strategy inner, int bad, double strength) : StrategyWrapper(inner)
{
    public override string Name => Inner.Name;

    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates) =>
        Inner.Aggregate(state, [.. updates.Select(update => update.Client < bad ? Flipped(state, update) : update)]);

    private ClientUpdate Flipped(StrategyState state, ClientUpdate update) =>
        update with { Weights = state.Weights.add(update.Weights.sub(state.Weights), -strength) };
}
