using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A copy of the model to train on, whose tensors are found once: what a vector is read from and written to.</summary>
internal sealed class Replica
{
    private readonly Tensor[] tensors;
    private readonly ModelLayout layout;

    public Replica(nn.Module<Tensor, Tensor> model, ModelLayout layout)
    {
        (Model, this.layout) = (model, layout);
        tensors = [.. ModelTensors.Of(model).Values];
        Parameters = [.. tensors.OfType<Parameter>()];
    }

    public nn.Module<Tensor, Tensor> Model { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Puts a vector's numbers into the model.</summary>
    public void Write(Tensor vector)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var i = 0; i < tensors.Length; i++)
        {
            var part = ModelLayout.Part(vector, layout.Tensors[i]);
            tensors[i].copy_(is_floating_point(tensors[i].dtype) ? part : part.round());
        }
    }

    /// <summary>The model's numbers as a vector, a new tensor that belongs to no scope.</summary>
    public Tensor Read()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return cat([.. tensors.Select(tensor => tensor.detach().reshape(-1).to(layout.Type))]).DetachFromDisposeScope();
    }
}
