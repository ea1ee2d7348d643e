using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>The image turned around its middle; each pixel gets the value of the nearest one at its old place.</summary>
internal sealed class RandomRotation : Transform
{
    private readonly double from, to, fill;

    internal RandomRotation(double from, double to, double fill)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from > to)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"RandomRotation takes the least and the greatest angle in degrees; it was given {from} and {to}."));
        (this.from, this.to, this.fill) = (from, to, fill);
    }

    public override Tensor call(Tensor image)
    {
        var dimension = ImageSize.HeightDimension(image, "RandomRotation");
        Padding.Check(image, "RandomRotation", fill);
        using var scope = NewDisposeScope();
        var floating = image.is_floating_point();
        var planes = (floating ? image : image.to(ScalarType.Float32)).movedim([dimension, dimension + 1], [-2, -1]);
        var (height, width) = (planes.shape[^2], planes.shape[^1]);

        // Where each new pixel was, in coordinates from -1 to 1, of which y points down.
        var (sin, cos) = Math.SinCos(Chance.Between(from, to) * Math.PI / 180);
        var old = tensor(new[] { cos, -sin * height / width, 0, sin * width / height, cos, 0 }).to(planes.dtype).view(1, 2, 3);
        var grid = nn.functional.affine_grid(old, [1, 1, height, width], align_corners: false);

        // What comes from outside is 0, and 0 stands for the fill.
        var turned = nn.functional.grid_sample(planes.sub(fill).reshape(1, -1, height, width), grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, align_corners: false)
            .add(fill).view(planes.shape).movedim([-2, -1], [dimension, dimension + 1]);
        return (floating ? turned : turned.round().to(image.dtype)).contiguous().alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RandomRotation(degrees=[{from}, {to}], fill={fill})");
}
