using System.Collections.Immutable;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Another strategy, whose mistakes are told with their place: an exception, or a result that nothing can be made of, becomes an error that names the strategy and
/// its method. The rounds know strategies only in this form. What <see cref="Aggregate"/> gives is looked at by the round loop.
/// </summary>
internal sealed class CheckedStrategy : Strategy
{
    private readonly Strategy inner;
    private readonly ModelLayout layout;

    public CheckedStrategy(Strategy inner, ModelLayout layout)
    {
        (this.inner, this.layout) = (inner, layout);
        Name = inner.GetType().Name;
        Name = Of(nameof(Name), () => inner.Name) ?? Name;
    }

    public override string Name { get; }

    public override bool AcceptsPartialWork => Of(nameof(AcceptsPartialWork), () => inner.AcceptsPartialWork);

    public override LocalWork Plan(LocalWork asked)
    {
        var work = Of(nameof(Plan), () => inner.Plan(asked)) ?? throw Wrong(nameof(Plan), "it gave null instead of the client's work");
        return work is { Epochs: > 0, BatchSize: > 0 }
            ? work : throw Wrong(nameof(Plan), $"it gave {work.Epochs} epochs with batches of {work.BatchSize}; both must be at least 1");
    }

    public override Tensor Begin(StrategyState state, int client)
    {
        var weights = Of(nameof(Begin), () => inner.Begin(state, client)) ?? throw Wrong(nameof(Begin), "it gave null instead of a model");
        if (ReferenceEquals(weights, state.Weights)) return weights;
        if (weights.IsInvalid) throw Wrong(nameof(Begin), "it gave a model that was disposed");
        if (weights.dim() != 1 || weights.numel() != layout.Length)
            throw Wrong(nameof(Begin), $"it gave the shape [{string.Join(", ", weights.shape)}], and the model is a vector of {layout.Length} numbers");
        return FiniteNumbers.Only(weights) ? weights : throw Wrong(nameof(Begin), "it gave numbers that are not finite");
    }

    public override void BeginTraining(ClientTraining client)
    {
        try
        {
            inner.BeginTraining(client);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Failed(nameof(BeginTraining), error);
        }
    }

    public override void BeforeStep(ClientTraining client)
    {
        try
        {
            inner.BeforeStep(client);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Failed(nameof(BeforeStep), error);
        }
    }

    /// <summary>What is sent is copied: it may be a parameter or a gradient, and on that model the next client trains.</summary>
    public override ImmutableDictionary<string, Tensor> Finish(ClientTraining client, Tensor weights)
    {
        var sent = Of(nameof(Finish), () => inner.Finish(client, weights)) ?? throw Wrong(nameof(Finish), "it gave null; give an empty dictionary where nothing is sent");
        if (weights.IsInvalid) throw Wrong(nameof(Finish), "it disposed the model after training, which is the client's to send");
        foreach (var (name, tensor) in sent)
        {
            if (tensor is null) throw Wrong(nameof(Finish), $"what it sends as \"{name}\" is null");
            if (tensor.IsInvalid) throw Wrong(nameof(Finish), $"what it sends as \"{name}\" was disposed");
        }

        return sent.ToImmutableDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
    }

    public override StrategyState Aggregate(StrategyState state, IReadOnlyList<ClientUpdate> updates)
    {
        try
        {
            return inner.Aggregate(state, updates);
        }
        catch (Exception error) when (error is not OperationCanceledException && KeepsWhatIsGone())
        {
            throw new InvalidOperationException(
                $"{error.Message.TrimEnd('.')}. It keeps a tensor in a field, and the tensors of a round are freed after it: put it into the state, state.Remember(\"name\", tensor)", error);
        }
    }

    public override long BytesPerClient(ModelLayout layout) => Of(nameof(BytesPerClient), () => inner.BytesPerClient(layout));

    public override string ToString() => Of(nameof(ToString), inner.ToString);

    /// <summary>Whether a field of the strategy has a tensor that was freed: the commonest mistake in strategies of one's own.</summary>
    private bool KeepsWhatIsGone()
    {
        for (var type = inner.GetType(); type is not null; type = type.BaseType)
            if (type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(field => field.GetValue(inner) is Tensor { IsInvalid: true }))
                return true;
        return false;
    }

    private T Of<T>(string method, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Failed(method, error);
        }
    }

    private InvalidOperationException Failed(string method, Exception error) => new($"The strategy {Name} failed in {method}: {error.Message}", error);

    private InvalidOperationException Wrong(string method, string what) => new($"The strategy {Name} failed in {method}: {what}.");
}
