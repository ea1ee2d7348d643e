using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A federated algorithm: what becomes of the clients' updates, and what the clients do beyond plain training. It holds settings only; what
/// it knows from round to round is in the <see cref="StrategyState"/> that goes in and comes out. One's own needs <see cref="Aggregate"/> alone.
/// </summary>
/// <remarks>Clients train side by side, so all but <see cref="Aggregate"/> may be called from several threads at once.</remarks>
public abstract class Strategy
{
    /// <summary>The name that stands in tables and checkpoints.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Whether the update of a client that did only a part of its epochs is taken (FedProx); otherwise it is left out (FedAvg).</summary>
    public virtual bool AcceptsPartialWork => false;

    /// <summary>What a client shall do, where the algorithm says more about it than the trainer's options.</summary>
    /// <param name="asked">What the options ask for.</param>
    public virtual LocalWork Plan(LocalWork asked) => asked;

    /// <summary>The model that a client begins the round with, as one vector: the state's, unless the algorithm lets clients keep a part of their own.</summary>
    /// <param name="state">The state of the round.</param>
    /// <param name="client">The client's number.</param>
    public virtual Tensor Begin(StrategyState state, int client) => state.Weights;

    /// <summary>Called at a client before its first batch: the place to put into <see cref="ClientTraining.Kept"/> what each batch needs.</summary>
    /// <param name="client">The client's training.</param>
    public virtual void BeginTraining(ClientTraining client)
    {
    }

    /// <summary>Called at a client when the gradients of a batch are there and before the optimizer's step: the place to change them. Gradients of this call are not recorded.</summary>
    /// <param name="client">The client's training.</param>
    public virtual void BeforeStep(ClientTraining client)
    {
    }

    /// <summary>Called at a client when it has trained.</summary>
    /// <param name="client">The client's training.</param>
    /// <param name="weights">The model after training, as one vector.</param>
    /// <returns>What the client sends home besides the model. The tensors are copied: they may be the model's own.</returns>
    public virtual ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights) => ImmutableDictionary<string, Tensor>.Empty;

    /// <summary>Makes the next state of the last one and of what the clients sent.</summary>
    /// <param name="state">The state that the clients began with. Its tensors must not be changed in place.</param>
    /// <param name="updates">What came home, at least one, in the order of the clients' numbers. All numbers in them are finite.</param>
    /// <returns>The state with another model, and with whatever the strategy wants to remember.</returns>
    public abstract StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates);

    /// <summary>How many bytes travel for one client in a round, there and back.</summary>
    public virtual long BytesPerClient(ModelLayout layout) => 2 * layout.Bytes;

    /// <summary>The strategy with its settings: <c>FedProx(mu: 0.1)</c>. A training goes on from a checkpoint only with a strategy whose text is the same.</summary>
    public override string ToString() => Name;
}
