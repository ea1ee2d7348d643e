using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Corrects the drift of unlike clients: each gradient is moved by c − cᵢ, where cᵢ is what the client's own gradients were like and c what all
/// clients' were. With K steps of the learning rate η from x to y: cᵢ ← cᵢ − c + (x − y)/(K·η); x moves by the mean of the clients' ways, c by the sum of
/// the changes of cᵢ over the number of all clients. The optimizer must be plain SGD. What is known of each client lies in a temporary file, not in memory.
/// Karimireddy, Kale, Mohri, Reddi, Stich, Suresh, "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning", ICML 2020, algorithm 1, option II.
/// </summary>
/// <param name="serverLearningRate">The server's learning rate.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is not above 0.</exception>
public sealed class SCAFFOLD(double serverLearningRate = 1) : Strategy
{
    private const string Control = "control", ControlChange = "control change";
    private readonly double rate = Setting.Positive(serverLearningRate, nameof(serverLearningRate));

    /// <inheritdoc/>
    public override void BeginTraining(ClientTraining client)
    {
        ClientOptimizer.MustBePlainSGD(client, Name);
        client.Kept = client.Split(client.State.Recall(Control).sub(ControlOf(client.State, client.Client)).to(client.State.Layout.Type));
    }

    /// <inheritdoc/>
    public override void BeforeStep(ClientTraining client)
    {
        for (var i = 0; i < client.Parameters.Count; i++)
        {
            using var grad = client.Parameters[i].grad;
            grad?.add_(client.Kept[i]);
        }
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights)
    {
        var way = client.State.ChangeTo(weights).div(-client.Steps * client.LearningRate);
        return ImmutableDictionary<string, Tensor>.Empty.Add(ControlChange, way.sub(client.State.Recall(Control)).to(client.State.Layout.Type));
    }

    /// <inheritdoc/>
    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        var mean = updates.WeightedMean(static _ => 1);
        var next = state.Move(state.ChangeTo(mean).mul(rate), mean);
        var control = state.Recall(Control).to(ScalarType.Float64, copy: true);
        foreach (var update in updates)
        {
            using var scope = NewDisposeScope(); // what is computed is as large as the model, and there may be many clients
            var change = update.Sent.GetValueOrDefault(ControlChange)
                ?? throw new InvalidOperationException(
                    $"{update.Name} did not send how its control changed; a strategy around SCAFFOLD must leave it what happens at the clients, as a StrategyWrapper does");
            control.add_(change, 1.0 / state.Clients);
            next = next.RememberOf(update.Client, Control, ControlOf(state, update.Client).add(change).to(state.Layout.Type));
        }

        return next.Remember(Control, control.to(state.Layout.Type));
    }

    /// <inheritdoc/>
    public override long BytesPerClient(ModelLayout layout) => 2 * (layout.Bytes + layout.ParameterBytes);

    /// <inheritdoc/>
    public override string ToString() => Setting.Text(Name, ("serverLearningRate", rate));

    private static Tensor ControlOf(StrategyState state, int client) => state.RecallOf(client, Control) ?? zeros(state.Layout.ParameterLength, dtype: ScalarType.Float64);
}
