using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// How the parameters and buffers of a model lie in one long vector: all parameters first, then all buffers, each group in the model's
/// order. Strategies compute with such vectors, so that an algorithm reads as its paper does, whatever the model. A buffer with numbers that are not finite (a mask of
/// attention with its −∞) or that no vector can hold (whole numbers beyond 2⁵³) is no part of it: it stays as it is, and does not travel.
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

    /// <summary>The vector's type: 64-bit floats where the model has any, or whole numbers beyond 2²⁴; otherwise 32-bit floats.</summary>
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
    /// <exception cref="ArgumentException">The model has no parameters, or some that are no real numbers or not finite.</exception>
    internal static ModelLayout Of(nn.Module model)
    {
        var owners = new Dictionary<string, string>(model.named_modules().Select(m => KeyValuePair.Create(m.name, m.module.GetType().Name)).DistinctBy(m => m.Key));
        var tensors = new List<ModelTensor>();
        var type = ScalarType.Float32;
        long start = 0;
        foreach (var (name, tensor) in ModelTensors.Of(model))
        {
            if (is_complex(tensor.dtype))
                throw new ArgumentException($"{name} of the model is {tensor.dtype}; federated training takes models of real numbers.");
            var largest = Largest(tensor);
            var isParameter = tensor is TorchSharp.Modules.Parameter;
            if (isParameter && !double.IsFinite(largest))
                throw new ArgumentException($"{name} of the model has numbers that are not finite, and nothing can be learnt from those. Begin with another model: a training that went wrong may have left this one.");
            if (!double.IsFinite(largest) || (!is_floating_point(tensor.dtype) && largest > 1L << 53)) continue;
            if (tensor.dtype == ScalarType.Float64 || (!is_floating_point(tensor.dtype) && largest > 1 << 24)) type = ScalarType.Float64;

            var owner = name.LastIndexOf('.') is > 0 and var dot ? owners.GetValueOrDefault(name[..dot], "") : model.GetType().Name;
            tensors.Add(new(name, owner, isParameter, tensor.shape, tensor.dtype, start, tensor.numel()));
            start += tensor.numel();
        }

        if (!tensors.Any(tensor => tensor.IsParameter))
            throw new ArgumentException($"The model {model.GetName()} has no parameters, so there is nothing to train.");

        return new(tensors, type);
    }

    /// <summary>The parameters of a model of this layout that want no gradients.</summary>
    internal IReadOnlyList<ModelTensor> Frozen(nn.Module model)
    {
        var all = ModelTensors.Of(model);
        return [.. Tensors.Where(tensor => tensor.IsParameter && !all[tensor.Name].requires_grad)];
    }

    /// <summary>The largest number of a tensor without its sign; infinity or NaN where one is not finite.</summary>
    private static double Largest(Tensor tensor)
    {
        if (tensor.numel() == 0) return 0;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var wide = tensor.dtype == ScalarType.Float64 ? tensor : tensor.to(is_floating_point(tensor.dtype) ? ScalarType.Float32 : ScalarType.Int64); // halves cannot be compared
        var (least, most) = wide.aminmax();
        return Math.Max(-least.to(ScalarType.Float64).item<double>(), most.to(ScalarType.Float64).item<double>());
    }

    /// <summary>One tensor's part of a vector, as a view in the tensor's shape.</summary>
    internal static Tensor Part(Tensor vector, ModelTensor tensor)
    {
        using var part = vector.narrow(0, tensor.Start, tensor.Length);
        return part.view([.. tensor.Shape]);
    }
}
