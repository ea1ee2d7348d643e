using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>What can be said about an object at a worker without its values, and without asking the worker.</summary>
internal sealed record ObjectFacts(string Kind, long[]? Shape = null, string Dtype = "", long? Bytes = null, IReadOnlyList<string>? Tags = null, string? Description = null)
{
    /// <summary>Looks at an object. It may be disposed by another thread meanwhile.</summary>
    /// <param name="item">The object, as its store shows it.</param>
    internal static ObjectFacts Of(object item)
    {
        try
        {
            return Known(item) with { Tags = TagsOf(item), Description = DescriptionOf(item) };
        }
        catch (Exception e) when (e is InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            return new("disposed " + item.GetType().Name);
        }
    }

    private static ObjectFacts Known(object item) => item switch
    {
        Tensor { IsInvalid: true } => new("disposed tensor"),
        TorchSharp.Modules.Parameter parameter => OfTensor("parameter", parameter),
        Tensor tensor => OfTensor("tensor", tensor),
        PrivateTensor { HidesShape: true } hidden => new("private tensor", Dtype: $"{hidden.dtype}"),
        PrivateTensor hidden => new("private tensor", hidden.shape, $"{hidden.dtype}", Numel(hidden.shape) * hidden.dtype.ElementSize()),
        StoredPointer pointer => new($"pointer → {pointer.Location}:{pointer.Id}"),
        nn.Module model => new($"model {model.GetName()}", Bytes: ModelSize.Of(model).Bytes),
        TrainConfig => new("training configuration"),
        Delegate => new("function"),
        _ => new(item.GetType().Name),
    };

    private static ObjectFacts OfTensor(string kind, Tensor tensor) => new(kind, tensor.shape, $"{tensor.dtype}", tensor.numel() * tensor.element_size());

    private static IReadOnlyList<string> TagsOf(object item) => item is PrivateTensor hidden ? hidden.tags : Label.Find(item)?.Tags ?? [];

    private static string? DescriptionOf(object item) => item is PrivateTensor hidden ? hidden.description : Label.Find(item)?.Description;

    private static long Numel(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);
}
