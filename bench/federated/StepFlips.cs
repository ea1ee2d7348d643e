namespace FederatedBenchmark;

/// <summary>Clients that flip the sign of every step while they train: they climb where the others descend, and send where that took them.</summary>
/// <param name="inner">The strategy under attack.</param>
/// <param name="bad">How many of the clients, the first ones, are bad.</param>
internal sealed class StepFlips(Strategy inner, int bad) : StrategyWrapper(inner)
{
    public override string Name => Inner.Name;

    public override void BeforeStep(ClientTraining client)
    {
        Inner.BeforeStep(client);
        if (client.Client >= bad) return;
        foreach (var parameter in client.Parameters)
        {
            using var grad = parameter.grad;
            grad?.neg_().Dispose();
        }
    }
}
