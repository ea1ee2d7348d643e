using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Other light and other colors, in an order that is drawn too.</summary>
internal sealed class ColorJitter : Transform
{
    private readonly double brightness, contrast, saturation, hue;

    internal ColorJitter(double brightness, double contrast, double saturation, double hue)
    {
        this.brightness = Checked(brightness, nameof(brightness), double.MaxValue);
        this.contrast = Checked(contrast, nameof(contrast), double.MaxValue);
        this.saturation = Checked(saturation, nameof(saturation), double.MaxValue);
        this.hue = Checked(hue, nameof(hue), 0.5);
    }

    public override Tensor call(Tensor image)
    {
        var height = ImageSize.HeightDimension(image, "ColorJitter");
        using var scope = NewDisposeScope();
        var bytes = image.dtype == ScalarType.Byte;
        var colors = (bytes ? image.to(ScalarType.Float32).div(255) : image).movedim([height, height + 1], [-2, -1]);
        var isColored = colors.dim() == 3 && colors.shape[0] == 3;
        if (colors.dim() == 3 && !isColored && colors.shape[0] != 1)
            throw new ArgumentException($"ColorJitter takes images of 1 or 3 channels; this one has {colors.shape[0]}.");

        using var order = randperm(4);
        foreach (var step in order.data<long>().ToArray())
        {
            colors = step switch
            {
                0 when brightness > 0 => Blend(colors, zeros_like(colors), brightness),
                1 when contrast > 0 => Blend(colors, (isColored ? Gray(colors) : colors).mean(), contrast),
                2 when saturation > 0 && isColored => Blend(colors, Gray(colors), saturation),
                3 when hue > 0 && isColored => Turned(colors, Chance.Between(-hue, hue)),
                _ => colors,
            };
        }

        var jittered = colors.movedim([-2, -1], [height, height + 1]);
        return (bytes ? jittered.mul(255).round().to(ScalarType.Byte) : jittered).contiguous().alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ColorJitter(brightness={brightness}, contrast={contrast}, saturation={saturation}, hue={hue})");

    private static double Checked(double strength, string name, double most) => strength >= 0 && strength <= most
        ? strength
        : throw new ArgumentOutOfRangeException(name, $"ColorJitter: {name} is a number from 0{(most < 1 ? $" to {most.ToString(CultureInfo.InvariantCulture)}" : "")}; it is {strength.ToString(CultureInfo.InvariantCulture)}.");

    private static Tensor Gray(Tensor colors) => colors[0].mul(0.299).add(colors[1], 0.587).add(colors[2], 0.114);

    /// <summary>Between another picture (0) and this one (1), or beyond this one.</summary>
    private static Tensor Blend(Tensor colors, Tensor other, double strength)
    {
        var factor = Chance.Between(Math.Max(0, 1 - strength), 1 + strength);
        return colors.mul(factor).add(other, 1 - factor).clamp(0, 1);
    }

    /// <summary>All hues turned by a part of the circle of colors, by way of hue, saturation and value.</summary>
    private static Tensor Turned(Tensor colors, double by)
    {
        var (r, g, b) = (colors[0], colors[1], colors[2]);
        var value = colors.amax([0L]);
        var range = value - colors.amin([0L]);
        var divisor = range.clamp_min(1e-12);
        var sector = where(value == r, (g - b) / divisor, where(value == g, ((b - r) / divisor) + 2, ((r - g) / divisor) + 4)); // of six, red is 0
        var turned = sector + (6 * by);
        return stack([Channel(5), Channel(3), Channel(1)]);

        Tensor Channel(int n)
        {
            var place = (turned + n).remainder(6);
            return value - (range * minimum(place, 4 - place).clamp(0, 1));
        }
    }
}
