using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// How the parameters and buffers of a model lie in one long vector: all parameters first, then all buffers, each group in the model's
/// order. Strategies compute with such vectors, so that an algorithm reads as its paper does, whatever the model.
/// </summary>
public sealed class ModelLayout
{
    private ModelLayout(IReadOnlyList<ModelTensor> tensors, ScalarType type)
    {
        Tensors = tensors;
        Type = type;
        Length = tensors.Sum(tensor => tensor.Length);
        ParameterLength = tensors.Where(tensor => tensor.IsParameter).Sum(tensor => tensor.Length);
        Bytes = tensors.Sum(tensor => tensor.Bytes);
        ParameterBytes = tensors.Where(tensor => tensor.IsParameter).Sum(tensor => tensor.Bytes);
    }

    /// <summary>The parameters, then the buffers.</summary>
    public IReadOnlyList<ModelTensor> Tensors { get; }

    /// <summary>The number of elements in the vector.</summary>
    public long Length { get; }

    /// <summary>How many of them, from the first on, belong to parameters.</summary>
    public long ParameterLength { get; }

    /// <summary>The vector's type: 64-bit floats where the model has any, otherwise 32-bit floats.</summary>
    public ScalarType Type { get; }

    /// <summary>The size of the model on the way to a client, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The size of the parameters alone on the way to a client, in bytes.</summary>
    public long ParameterBytes { get; }

    /// <summary>Cuts a vector into the model's tensors.</summary>
    /// <param name="vector">A vector of <see cref="Length"/> or <see cref="ParameterLength"/> elements.</param>
    /// <returns>Views in the model's shapes: of all tensors, or of the parameters alone. They are the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public IReadOnlyList<Tensor> Split(Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.dim() != 1 || (vector.numel() != Length && vector.numel() != ParameterLength))
            throw new ArgumentException($"The model has {Length} numbers, {ParameterLength} of them in parameters; the vector has the shape [{string.Join(", ", vector.shape)}].");

        var wanted = vector.numel() == Length ? Tensors : Tensors.Where(tensor => tensor.IsParameter);
        return [.. wanted.Select(tensor => Part(vector, tensor))];
    }

    /// <summary>The layout of a model.</summary>
    /// <exception cref="ArgumentException">The model has no parameters, or some that are no real numbers.</exception>
    internal static ModelLayout Of(nn.Module model)
    {
        var owners = new Dictionary<string, string>(model.named_modules().Select(m => KeyValuePair.Create(m.name, m.module.GetType().Name)).DistinctBy(m => m.Key));
        var tensors = new List<ModelTensor>();
        long start = 0;
        foreach (var (name, tensor) in ModelTensors.Of(model))
        {
            if (is_complex(tensor.dtype))
                throw new ArgumentException($"{name} of the model is {tensor.dtype}; federated training takes models of real numbers.");

            var owner = name.LastIndexOf('.') is > 0 and var dot ? owners.GetValueOrDefault(name[..dot], "") : model.GetType().Name;
            tensors.Add(new(name, owner, tensor is TorchSharp.Modules.Parameter, tensor.shape, tensor.dtype, start, tensor.numel()));
            start += tensor.numel();
        }

        if (!tensors.Any(tensor => tensor.IsParameter))
            throw new ArgumentException($"The model {model.GetName()} has no parameters, so there is nothing to train.");

        return new(tensors, tensors.Any(tensor => tensor.Type == ScalarType.Float64) ? ScalarType.Float64 : ScalarType.Float32);
    }

    /// <summary>One tensor's part of a vector, as a view in the tensor's shape.</summary>
    internal static Tensor Part(Tensor vector, ModelTensor tensor)
    {
        using var part = vector.narrow(0, tensor.Start, tensor.Length);
        return part.view([.. tensor.Shape]);
    }
}
