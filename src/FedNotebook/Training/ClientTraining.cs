using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A client's training in a round, as a strategy sees it.</summary>
public sealed class ClientTraining
{
    private readonly List<Tensor> parts = [];
    private readonly Lazy<IReadOnlyList<Tensor>> start;

    internal ClientTraining(StrategyState state, int client, IReadOnlyList<Parameter> parameters, Tensor begin, optim.Optimizer optimizer)
    {
        (State, Client, Parameters, Optimizer) = (state, client, parameters, optimizer);
        start = new(() => Split(begin.narrow(0, 0, state.Layout.ParameterLength)));
    }

    /// <summary>The state of the round.</summary>
    public StrategyState State { get; }

    /// <summary>The client's number.</summary>
    public int Client { get; }

    /// <summary>The parameters of the client's model, with the gradients of the batch.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The values that the parameters had when the client began, in the same order.</summary>
    public IReadOnlyList<Tensor> Start => start.Value;

    /// <summary>What the strategy put here in <see cref="Strategy.BeginTraining"/>, for the time of this training.</summary>
    public IReadOnlyList<Tensor> Kept { get; set; } = [];

    /// <summary>How many steps the client has done.</summary>
    public int Steps { get; private set; }

    /// <summary>The client's optimizer, which the option Optimizer made.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>The optimizer's learning rate.</summary>
    public double LearningRate => Optimizer.ParamGroups.First().LearningRate;

    /// <summary>The sum of the losses of all items of the batches so far.</summary>
    internal double LossSum { get; private set; }

    /// <summary>The number of these items.</summary>
    internal long Items { get; private set; }

    /// <summary>The loss of the batch that came last.</summary>
    internal double LastLoss { get; private set; }

    /// <summary>Cuts a vector over all parameters into tensors of the parameters' shapes, which live until the client has trained.</summary>
    /// <param name="vector">A vector of <c>Layout.ParameterLength</c> numbers.</param>
    public IReadOnlyList<Tensor> Split(Tensor vector)
    {
        var split = State.Layout.Split(vector);
        parts.AddRange(split.Select(part => part.DetachFromDisposeScope()));
        return split;
    }

    /// <summary>Frees what <see cref="Split"/> gave.</summary>
    internal void Free() => parts.ForEach(part => part.Dispose());

    /// <summary>Notes a step.</summary>
    internal void Count(double loss, long items)
    {
        (Steps, Items, LastLoss) = (Steps + 1, Items + items, loss);
        LossSum += loss * items;
    }
}
