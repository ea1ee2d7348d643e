using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Rows and columns around an image.</summary>
internal static class Padding
{
    /// <summary>Sees to it that an image can hold the value of new pixels.</summary>
    /// <exception cref="ArgumentException">They are bytes, and the value is none.</exception>
    public static void Check(Tensor image, string transform, double fill)
    {
        if (image.dtype == ScalarType.Byte && !(fill is >= 0 and <= 255 && double.IsInteger(fill)))
        {
            throw new ArgumentException(
                $"{transform}: new pixels are to be {fill.ToString(CultureInfo.InvariantCulture)}; those of bytes are whole numbers from 0 to 255. Put transforms.ToTensor() before it.");
        }
    }

    /// <summary>The image with so many rows and columns more at each side; numbers below 0 count as 0.</summary>
    public static Tensor Around(Tensor image, string transform, long top, long left, long bottom, long right, double fill = 0)
    {
        (top, left, bottom, right) = (Math.Max(0, top), Math.Max(0, left), Math.Max(0, bottom), Math.Max(0, right));
        if (top + left + bottom + right == 0) return image;
        var dimension = ImageSize.HeightDimension(image, transform);
        var shape = image.shape;
        var (height, width) = (shape[dimension], shape[dimension + 1]);
        (shape[dimension], shape[dimension + 1]) = (height + top + bottom, width + left + right);
        var padded = full(shape, fill, dtype: image.dtype);
        using var middle = ImageSize.Cut(padded, transform, top, left, height, width);
        middle.copy_(image).Dispose();
        return padded;
    }
}
