using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class RandomCrop(int height, int width, int padding) : Transform
{
    private readonly int height = ImageSize.AtLeastOne(height, "RandomCrop");
    private readonly int width = ImageSize.AtLeastOne(width, "RandomCrop");
    private readonly int padding = padding >= 0 ? padding : throw new ArgumentOutOfRangeException(nameof(padding), $"RandomCrop: padding must be 0 or more; it is {padding}.");

    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var padded = Padding.Around(image, "RandomCrop", padding, padding, padding, padding);
        var (has, wide) = ImageSize.Of(padded, "RandomCrop");
        if (has < height || wide < width)
            throw new ArgumentException($"RandomCrop cannot cut {height} x {width} out of an image of {has} x {wide}. Give it padding, or put transforms.Resize before it.");

        var (top, left) = (Chance.UpTo(has - height), Chance.UpTo(wide - width));
        return ImageSize.Cut(padded, "RandomCrop", top, left, height, width).alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => $"RandomCrop(({height}, {width}), padding={padding})";
}
