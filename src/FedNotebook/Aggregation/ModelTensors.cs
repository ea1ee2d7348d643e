using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The parameters and buffers of a model, by name.</summary>
internal static class ModelTensors
{
    public static IReadOnlyDictionary<string, Tensor> Of(nn.Module model)
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        foreach (var (name, parameter) in model.named_parameters()) tensors.TryAdd(name, parameter);
        foreach (var (name, buffer) in model.named_buffers()) tensors.TryAdd(name, buffer);
        return tensors;
    }

    /// <summary>Sees to it that two models have the same tensors in the same shapes.</summary>
    /// <exception cref="ArgumentException">They have not; it names the first difference.</exception>
    public static void MustMatch(IReadOnlyDictionary<string, Tensor> first, IReadOnlyDictionary<string, Tensor> second, string secondName, string firstName)
    {
        foreach (var name in first.Keys.Union(second.Keys))
        {
            var (one, other) = (Form(first, name), Form(second, name));
            if (one == other) continue;
            throw new ArgumentException(
                $"The models differ: in {firstName}, {name} is {one}; in {secondName} it is {other}. Only models of one architecture can be put together.");
        }
    }

    private static string Form(IReadOnlyDictionary<string, Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor) ? $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]" : "missing";
}
