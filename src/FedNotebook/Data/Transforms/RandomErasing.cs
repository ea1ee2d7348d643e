using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Sometimes the image without a rectangle of it: Zhong, Zheng, Kang, Li, Yang, "Random Erasing Data Augmentation", 2020.</summary>
internal sealed class RandomErasing : Transform
{
    private const int Tries = 10;

    private readonly double p, value;
    private readonly (double min, double max) scale, ratio;

    internal RandomErasing(double p, (double min, double max) scale, (double min, double max) ratio, double value)
    {
        this.p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"RandomErasing: p is a probability from 0 to 1; it is {p}.");
        this.scale = ImageSize.Bounds(scale, "RandomErasing", nameof(scale));
        this.ratio = ImageSize.Bounds(ratio, "RandomErasing", nameof(ratio));
        this.value = value;
    }

    public override Tensor call(Tensor image)
    {
        var (height, width) = ImageSize.Of(image, "RandomErasing");
        Padding.Check(image, "RandomErasing", value);
        if (Chance.Between(0, 1) >= p) return image;
        for (var i = 0; i < Tries; i++)
        {
            var area = height * width * Chance.Between(scale.min, scale.max);
            var proportion = Chance.BetweenByFactor(ratio.min, ratio.max);
            var (h, w) = ((long)Math.Round(Math.Sqrt(area * proportion)), (long)Math.Round(Math.Sqrt(area / proportion)));
            if (h >= height || w >= width || h == 0 || w == 0) continue;

            using var scope = NewDisposeScope();
            var erased = image.clone();
            ImageSize.Cut(erased, "RandomErasing", Chance.UpTo(height - h), Chance.UpTo(width - w), h, w).fill_(value);
            return erased.MoveToOuterDisposeScope();
        }

        return image;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"RandomErasing(p={p}, scale=({scale.min}, {scale.max}), ratio=({ratio.min}, {ratio.max}), value={value})");
}
