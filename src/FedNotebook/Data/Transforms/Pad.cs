using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class Pad(int padding, double fill) : Transform
{
    private readonly int padding = padding >= 0 ? padding : throw new ArgumentOutOfRangeException(nameof(padding), $"Pad: padding must be 0 or more; it is {padding}.");

    public override Tensor call(Tensor image)
    {
        ImageSize.HeightDimension(image, "Pad");
        Padding.Check(image, "Pad", fill);
        using var scope = NewDisposeScope();
        return Padding.Around(image, "Pad", padding, padding, padding, padding, fill).alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => $"Pad({padding}, fill={fill.ToString(CultureInfo.InvariantCulture)})";
}
