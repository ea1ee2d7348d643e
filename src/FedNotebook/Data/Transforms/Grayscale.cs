using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The weights of ITU-R BT.601, as PIL and torchvision have them.</summary>
internal sealed class Grayscale(int channels) : Transform
{
    private readonly int channels = channels is 1 or 3 ? channels : throw new ArgumentOutOfRangeException(nameof(channels), $"Grayscale gives 1 or 3 channels, not {channels}.");

    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var height = ImageSize.HeightDimension(image, "Grayscale");
        var dimension = image.dim() == 2 || height == 1 ? 0 : 2;
        var withChannels = image.dim() == 3 ? image : image.unsqueeze(image.dtype == ScalarType.Byte ? dimension = 2 : 0);
        var has = withChannels.shape[dimension];
        if (has is not (1 or 3)) throw new ArgumentException($"Grayscale takes images of 1 or 3 channels; this one has {has}.");
        var gray = has == 1 ? withChannels : Mixed(withChannels, dimension);
        return (channels == 1 ? gray : gray.expand([.. gray.shape.Select((size, i) => i == dimension ? 3 : size)])).contiguous().alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => $"Grayscale({channels})";

    private static Tensor Mixed(Tensor image, int dimension)
    {
        var bytes = image.dtype == ScalarType.Byte;
        var numbers = bytes ? image.to(ScalarType.Float32) : image;
        var (r, g, b) = (numbers.narrow(dimension, 0, 1), numbers.narrow(dimension, 1, 1), numbers.narrow(dimension, 2, 1));
        var gray = r.mul(0.299).add(g, 0.587).add(b, 0.114);
        return bytes ? gray.round().to(ScalarType.Byte) : gray;
    }
}
