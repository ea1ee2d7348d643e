using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Bilinear interpolation; where the image gets smaller the filter gets wider, as PIL and torchvision with antialias do it.</summary>
internal sealed class ResizeImage(int height, int? width) : Transform
{
    private readonly int height = ImageSize.AtLeastOne(height, "Resize");
    private readonly int? width = width is { } given ? ImageSize.AtLeastOne(given, "Resize") : null;

    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var dimension = ImageSize.HeightDimension(image, "Resize");
        var (oldHeight, oldWidth) = ImageSize.Of(image, "Resize");
        var (newHeight, newWidth) = width is { } exact ? (height, exact) : Shorter(oldHeight, oldWidth);
        if ((newHeight, newWidth) == (oldHeight, oldWidth)) return image;

        var bytes = image.dtype == ScalarType.Byte;
        var numbers = (bytes ? image.to(ScalarType.Float32) : image).movedim([dimension, dimension + 1], [-2, -1]);
        var rows = Weights(oldHeight, newHeight).to(numbers.dtype);
        var columns = Weights(oldWidth, newWidth).to(numbers.dtype);
        var resized = rows.matmul(numbers).matmul(columns.t()).movedim([-2, -1], [dimension, dimension + 1]);
        return (bytes ? resized.round().clamp(0, 255).to(ScalarType.Byte) : resized).contiguous().MoveToOuterDisposeScope();
    }

    public override string ToString() => width is null ? $"Resize({height})" : $"Resize(({height}, {width}))";

    private (int height, int width) Shorter(long oldHeight, long oldWidth) => oldHeight <= oldWidth
        ? (height, (int)(height * oldWidth / oldHeight))
        : ((int)(height * oldHeight / oldWidth), height);

    /// <summary>How much each old pixel of a line counts in each new one, [new, old]: a triangle around the new pixel's place.</summary>
    private static Tensor Weights(long from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(1, scale);
        var weights = new double[to, from];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var (first, last) = ((long)Math.Max(0, Math.Floor(center - reach + 0.5)), (long)Math.Min(from, Math.Floor(center + reach + 0.5)));
            var sum = 0.0;
            for (var j = first; j < last; j++) sum += weights[i, j] = Math.Max(0, 1 - Math.Abs((j + 0.5 - center) / reach));
            for (var j = first; j < last; j++) weights[i, j] /= sum;
        }

        return tensor(weights);
    }
}
