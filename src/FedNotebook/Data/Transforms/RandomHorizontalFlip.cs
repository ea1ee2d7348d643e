using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class RandomHorizontalFlip(double p) : Transform
{
    private readonly double p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"RandomHorizontalFlip: p is a probability from 0 to 1; it is {p}.");

    public override Tensor call(Tensor image)
    {
        var width = ImageSize.HeightDimension(image, "RandomHorizontalFlip") + 1;
        using var draw = rand(1, dtype: ScalarType.Float64);
        return draw.item<double>() < p ? image.flip(width) : image;
    }

    public override string ToString() => $"RandomHorizontalFlip(p={p.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
}
