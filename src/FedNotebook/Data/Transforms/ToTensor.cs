using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class ToTensor : Transform
{
    public override Tensor call(Tensor image) => Argument.Given(image).dim() switch
    {
        2 => Scale(image, x => x.unsqueeze(0)),
        3 => Scale(image, x => x.permute(2, 0, 1)),
        _ => throw Unexpected("an image as height x width or height x width x channels", image),
    };

    public override Tensor CallBatch(Tensor images) => Argument.Given(images).dim() switch
    {
        3 => Scale(images, x => x.unsqueeze(1)),
        4 => Scale(images, x => x.permute(0, 3, 1, 2)),
        _ => throw Unexpected("images as count x height x width or count x height x width x channels", images),
    };

    public override string ToString() => "ToTensor()";

    // As in torchvision: bytes are scaled, other numbers are taken to be what their owner wants.
    private static Tensor Scale(Tensor pixels, Func<Tensor, Tensor> channelsFirst)
    {
        using var scope = NewDisposeScope();
        var image = channelsFirst(pixels).contiguous();
        return (pixels.dtype == ScalarType.Byte ? image.to(ScalarType.Float32).div_(255) : image).MoveToOuterDisposeScope();
    }

    private static ArgumentException Unexpected(string expected, Tensor actual) =>
        new($"ToTensor takes {expected}; it was given a tensor of shape [{string.Join(", ", actual.shape)}].");
}
