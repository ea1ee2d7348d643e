using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A copy of the model to train on, whose tensors are found once: what a vector is read from and written to.</summary>
internal sealed class Replica
{
    private readonly Tensor[] tensors;
    private readonly (Tensor buffer, Tensor before)[] staying;
    private readonly ModelLayout layout;

    public Replica(nn.Module<Tensor, Tensor> model, ModelLayout layout)
    {
        (Model, this.layout) = (model, layout);
        var all = ModelTensors.Of(model);
        tensors = [.. layout.Tensors.Select(tensor => all[tensor.Name])];
        Parameters = [.. tensors.OfType<Parameter>()];
        staying = [.. all.Values.Except(tensors, ReferenceEqualityComparer.Instance).Cast<Tensor>().Select(buffer => (buffer, buffer.clone().DetachFromDisposeScope()))];
    }

    public nn.Module<Tensor, Tensor> Model { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Puts a vector's numbers into the model. What is no part of the layout becomes what it was: nothing of the client before is left.</summary>
    public void Write(Tensor vector)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var i = 0; i < tensors.Length; i++)
        {
            var part = ModelLayout.Part(vector, layout.Tensors[i]);
            tensors[i].copy_(is_floating_point(tensors[i].dtype) ? part : part.round());
        }

        foreach (var (buffer, before) in staying) buffer.copy_(before);
    }

    /// <summary>The model's numbers as a vector, a new tensor that belongs to no scope.</summary>
    public Tensor Read()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return cat([.. tensors.Select(tensor => tensor.detach().reshape(-1).to(layout.Type))]).DetachFromDisposeScope();
    }

    /// <summary>Sees to it that a model is here and still has the parameters that are written to: others would learn nothing, and nobody would know.</summary>
    /// <exception cref="InvalidOperationException">It is away, or somebody gave it other parameters.</exception>
    public void MustBeThatOf(nn.Module model)
    {
        if (ModelPlace.Of(model) is { } place)
            throw new InvalidOperationException($"the model was sent to {place.Location.id} while it trained. Wait for the end of the training, or send a copy: model.copy()");
        if (!ModelTensors.Of(model).Values.OfType<Parameter>().SequenceEqual(Parameters, ReferenceEqualityComparer.Instance))
            throw new InvalidOperationException("somebody gave the model other parameters while it trained. Change it before or after the training");
    }
}
