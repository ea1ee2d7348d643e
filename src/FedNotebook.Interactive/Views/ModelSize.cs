using static TorchSharp.torch;

namespace FedNotebook.Views;

/// <summary>How large a model is.</summary>
/// <param name="Parameters">The numbers that it learns, frozen ones included.</param>
/// <param name="Trainable">Those among them that an optimizer changes.</param>
/// <param name="Bytes">The memory of its parameters and buffers.</param>
internal readonly record struct ModelSize(long Parameters, long Trainable, long Bytes)
{
    internal static ModelSize Of(nn.Module model)
    {
        var size = default(ModelSize);
        foreach (var (_, parameter) in model.named_parameters())
        {
            var count = parameter.numel();
            size = new(size.Parameters + count, size.Trainable + (parameter.requires_grad ? count : 0), size.Bytes + count * parameter.element_size());
        }

        foreach (var (_, buffer) in model.named_buffers())
            size = size with { Bytes = size.Bytes + buffer.numel() * buffer.element_size() };
        return size;
    }

    public override string ToString() => string.Join(" · ", (string[])
    [
        Amount.Of(Parameters, "parameter"),
        .. Trainable < Parameters ? [$"{Amount.Of(Trainable)} of them trainable"] : (string[])[],
        Amount.Bytes(Bytes),
    ]);
}
