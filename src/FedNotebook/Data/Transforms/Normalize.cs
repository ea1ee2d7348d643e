using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class Normalize : Transform
{
    private readonly double[] mean;
    private readonly double[] std;

    internal Normalize(double[] mean, double[] std)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (mean.Length == 0 || mean.Length != std.Length)
            throw new ArgumentException($"Normalize takes a mean and a standard deviation a channel; it was given {mean.Length} and {std.Length}.");

        if (!mean.All(double.IsFinite) || !std.All(x => double.IsFinite(x) && x > 0))
            throw new ArgumentException($"Normalize takes finite means and standard deviations above 0; it was given {Text(mean)} and {Text(std)}.");

        this.mean = [.. mean];
        this.std = [.. std];
    }

    public override Tensor call(Tensor image) => Run(Argument.Given(image), rank: 3);

    public override Tensor CallBatch(Tensor images) => Run(Argument.Given(images), rank: 4);

    public override string ToString() => $"Normalize(mean={Text(mean)}, std={Text(std)})";

    private Tensor Run(Tensor x, int rank)
    {
        if (x.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException($"Normalize takes floating-point images; it was given {x.dtype}. Put transforms.ToTensor() before it.");

        var shape = x.shape;
        if (shape.Length != rank)
        {
            throw new ArgumentException(
                $"Normalize takes images as channels x height x width; it was given a tensor of shape [{string.Join(", ", shape)}]. " +
                "Put transforms.ToTensor() before it.");
        }

        // One mean serves any number of channels, as in torchvision.
        if (mean.Length == 1) return x.sub(mean[0]).div_(std[0]);

        if (shape[^3] != mean.Length)
            throw new ArgumentException($"Normalize has {mean.Length} means; the images have {shape[^3]} channels.");

        using var scope = NewDisposeScope();
        var means = tensor(mean, dtype: x.dtype).view(-1, 1, 1);
        var deviations = tensor(std, dtype: x.dtype).view(-1, 1, 1);
        return x.sub(means).div_(deviations).MoveToOuterDisposeScope();
    }

    private static string Text(double[] values) =>
        $"({string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))})";
}
