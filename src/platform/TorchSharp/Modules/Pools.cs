using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Three sizes where one, or a tuple, is given.</summary>
internal static class Cubes
{
    public static long[] List(long edge) => [edge, edge, edge];
    public static long[]? List(long? edge) => edge is { } e ? List(e) : null;
    public static long[] List((long, long, long) edges) => [edges.Item1, edges.Item2, edges.Item3];
    public static long[]? List((long, long, long)? edges) => edges is { } e ? List(e) : null;
}

internal static class Shared
{
    /// <summary>The first of two results; the other is not wanted.</summary>
    public static Tensor First((Tensor First, Tensor Second) results)
    {
        results.Second.Dispose();
        return results.First;
    }
}

/// <summary>The root of the sum of powers over windows: for a power of 1 the sum, for a large one nearly the maximum.</summary>
internal static class PowerPooling
{
    public static Tensor Run(Tensor input, double power, long[] kernel_size, long[]? stride, bool ceil_mode)
    {
        using var scope = NewDisposeScope();
        var raised = input.Needed().pow(power);
        var mean = kernel_size.Length == 1
            ? nn.functional.avg_pool1d(raised, kernel_size[0], stride?[0], 0, ceil_mode)
            : nn.functional.avg_pool2d(raised, kernel_size, stride, [0, 0], ceil_mode);
        // The sign keeps what is below zero out of the root, as in PyTorch.
        var sum = mean.sign().mul(mean.abs().relu()).mul((double)kernel_size.Aggregate(1L, (a, b) => a * b));
        return sum.pow(1 / power).MoveToOuterDisposeScope();
    }
}

/// <summary>Normalization over neighbouring channels (Krizhevsky et al. 2012).</summary>
internal static class LocalResponse
{
    public static Tensor Normalize(Tensor input, long size, double alpha, double beta, double k)
    {
        if (input.Needed().ndim < 3) throw new ArgumentException($"Local response normalization needs at least 3 dimensions, but got {input.ndim}.", nameof(input));
        if (size < 1) throw new ArgumentException($"The number of channels must be at least 1, not {size}.", nameof(size));
        if (input.numel() == 0) return input.alias();
        using var scope = NewDisposeScope();
        // The channels become a line of their own, so that one pooling goes over them and nothing else.
        var shape = input.shape;
        var squares = input.mul(input).reshape(shape[0], 1, shape[1], -1);
        var padded = nn.functional.pad(squares, [0, 0, size / 2, (size - 1) / 2]);
        var mean = Aten.avg_pool2d.Tensor(padded, new[] { size, 1L }, new[] { 1L, 1L }).reshape(shape);
        return input.div(mean.mul(alpha).add(k).pow(beta)).MoveToOuterDisposeScope();
    }
}
