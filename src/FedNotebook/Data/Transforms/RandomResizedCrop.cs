using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A part of the image, of any size and proportion within bounds, brought to one size: Szegedy et al., "Going Deeper with Convolutions", 2015.</summary>
internal sealed class RandomResizedCrop : Transform
{
    private const int Tries = 10;

    private readonly (double min, double max) scale, ratio;
    private readonly ResizeImage resize;
    private readonly int size;

    internal RandomResizedCrop(int size, (double min, double max) scale, (double min, double max) ratio)
    {
        this.size = ImageSize.AtLeastOne(size, "RandomResizedCrop");
        this.scale = ImageSize.Bounds(scale, "RandomResizedCrop", nameof(scale));
        this.ratio = ImageSize.Bounds(ratio, "RandomResizedCrop", nameof(ratio));
        resize = new ResizeImage(size, size);
    }

    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (height, width) = ImageSize.Of(image, "RandomResizedCrop");
        var (top, left, cutHeight, cutWidth) = Part(height, width);
        return resize.call(ImageSize.Cut(image, "RandomResizedCrop", top, left, cutHeight, cutWidth)).alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"RandomResizedCrop(({size}, {size}), scale=({scale.min}, {scale.max}), ratio=({ratio.min:0.####}, {ratio.max:0.####}))");

    private (long top, long left, long height, long width) Part(long height, long width)
    {
        for (var i = 0; i < Tries; i++)
        {
            var area = height * width * Chance.Between(scale.min, scale.max);
            var proportion = Chance.BetweenByFactor(ratio.min, ratio.max);
            var (cutWidth, cutHeight) = ((long)Math.Round(Math.Sqrt(area * proportion)), (long)Math.Round(Math.Sqrt(area / proportion)));
            if (cutWidth > 0 && cutWidth <= width && cutHeight > 0 && cutHeight <= height)
                return (Chance.UpTo(height - cutHeight), Chance.UpTo(width - cutWidth), cutHeight, cutWidth);
        }

        // The middle, as much of it as the bounds of the proportion allow.
        var most = Math.Clamp((double)width / height, ratio.min, ratio.max);
        var (h, w) = (Math.Clamp((long)Math.Round(width / most), 1, height), Math.Clamp((long)Math.Round(height * most), 1, width));
        return ((height - h) / 2, (width - w) / 2, h, w);
    }
}
