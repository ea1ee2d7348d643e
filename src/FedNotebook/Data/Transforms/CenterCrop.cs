using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class CenterCrop(int height, int width) : Transform
{
    private readonly int height = ImageSize.AtLeastOne(height, "CenterCrop");
    private readonly int width = ImageSize.AtLeastOne(width, "CenterCrop");

    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (oldHeight, oldWidth) = ImageSize.Of(image, "CenterCrop");
        var padded = Padding.Around(image, "CenterCrop", (height - oldHeight) / 2, (width - oldWidth) / 2, (height - oldHeight + 1) / 2, (width - oldWidth + 1) / 2);
        var (has, wide) = ImageSize.Of(padded, "CenterCrop");
        var (top, left) = ((long)Math.Round((has - height) / 2.0), (long)Math.Round((wide - width) / 2.0));
        return ImageSize.Cut(padded, "CenterCrop", top, left, height, width).alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => $"CenterCrop(({height}, {width}))";
}
