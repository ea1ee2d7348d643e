using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Which dimensions of an image are its height and its width. Before ToTensor images are bytes, height x width (x channels); after it they are
/// channels x height x width.
/// </summary>
internal static class ImageSize
{
    /// <summary>The dimension of the height; the width is the next one.</summary>
    /// <param name="image">One image.</param>
    /// <param name="transform">Who asks, for the error.</param>
    /// <exception cref="ArgumentException">The tensor is no image.</exception>
    public static int HeightDimension(Tensor image, string transform) => (Argument.Given(image).dim(), image.dtype) switch
    {
        (2, _) => 0,
        (3, ScalarType.Byte) => 0,
        (3, _) => 1,
        _ => throw new ArgumentException(
            $"{transform} takes one image: bytes as height x width (x channels), or other numbers as (channels x) height x width; it was given a tensor of shape [{string.Join(", ", image.shape)}]."),
    };

    public static (long height, long width) Of(Tensor image, string transform)
    {
        var dimension = HeightDimension(image, transform);
        return (image.shape[dimension], image.shape[dimension + 1]);
    }

    /// <summary>A part of an image, as a view.</summary>
    public static Tensor Cut(Tensor image, string transform, long top, long left, long height, long width)
    {
        var dimension = HeightDimension(image, transform);
        return image.narrow(dimension, top, height).narrow(dimension + 1, left, width);
    }

    /// <summary>Sees to it that two bounds of sizes make sense.</summary>
    public static (double min, double max) Bounds((double min, double max) bounds, string transform, string name) => bounds.min > 0 && bounds.min <= bounds.max && double.IsFinite(bounds.max)
        ? bounds
        : throw new ArgumentException($"{transform}: {name} is the least and the greatest, both above 0; it is ({bounds.min}, {bounds.max}).", name);

    /// <summary>Sees to it that a size makes sense.</summary>
    public static int AtLeastOne(int size, string transform) =>
        size > 0 ? size : throw new ArgumentOutOfRangeException(nameof(size), $"{transform}: a size must be at least 1; it is {size}.");
}
