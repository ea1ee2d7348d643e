using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Sometimes the mirror image.</summary>
/// <param name="name">The transform's name in torchvision.</param>
/// <param name="p">How often.</param>
/// <param name="fromHeight">Which dimension is turned around, counted from that of the height: 0 for upside down, 1 for left and right.</param>
internal sealed class RandomFlip(string name, double p, int fromHeight) : Transform
{
    private readonly double p = p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"{name}: p is a probability from 0 to 1; it is {p}.");

    public override Tensor call(Tensor image)
    {
        var dimension = ImageSize.HeightDimension(image, name) + fromHeight;
        return Chance.Between(0, 1) < p ? image.flip(dimension) : image;
    }

    public override string ToString() => $"{name}(p={p.ToString(System.Globalization.CultureInfo.InvariantCulture)})";
}
