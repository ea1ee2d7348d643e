using TorchSharp.Tests.Operators;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>
/// Random index tuples, read and written, here and in Python: numbers, ranges, steps, ellipses, new dimensions, truth values, tensors of numbers and of
/// truth values. What a read gives is changed afterwards, so that it also shows whether it is a view.
/// </summary>
public class IndexingAgainstPythonTests
{
    private static readonly long[][] Shapes = [[2, 3, 4], [5], [4, 3], [2, 1, 3, 2], [], [3, 0]];

    private readonly Random random = new(20261122);

    [Fact]
    public void Any_index_reads_and_writes_what_it_does_in_python()
    {
        PythonTorch.SkipIfMissing();
        var calls = new List<ComparedCall>();
        for (var i = 0; i < 1500; i++)
        {
            var shape = Shapes[random.Next(Shapes.Length)];
            var parts = Parts(shape);
            var brackets = parts.Count == 0 ? "()" : string.Join(", ", parts.Select(p => p.Python)) + (parts.Count == 1 ? "," : "");
            var index = parts.Select(p => p.Index).ToArray();
            var count = shape.Aggregate(1L, (a, b) => a * b);
            var start = $"x = torch.arange({count}, dtype=torch.float64).reshape([{string.Join(", ", shape)}])\n";
            Tensor X() => arange(count, ScalarType.Float64).reshape(shape);
            switch (i % 4)
            {
                case 0:
                    calls.Add(new Expression($"{start}y = x[{brackets}]\ny.add_(100)\ny, x", () => { var x = X(); var y = x[index]; y.add_(100); return (y, x); }));
                    break;
                case 1:
                    calls.Add(new Expression($"{start}x[{brackets}] = -7.5\nx", () => { var x = X(); x[index] = tensor(-7.5); return x; }));
                    break;
                case 2:
                    calls.Add(new Expression($"{start}x[{brackets}] = -x[{brackets}]\nx", () => { var x = X(); x[index] = -x[index]; return x; }));
                    break;
                default:
                    calls.Add(new Expression($"{start}x.requires_grad_()\n(x[{brackets}] * 3).sum().backward()\nx.grad", () => { var x = X().requires_grad_(); (x[index] * 3).sum().backward(); return x.grad; }));
                    break;
            }
        }

        var refused = Comparison.WithPython("random indices", calls, 0);
        Assert.True(refused.Count < calls.Count / 2, $"{refused.Count} were refused by both: the indices are not sensible enough");
    }

    [Fact]
    public void Behind_a_mask_over_several_dimensions_an_index_goes_on_where_numpy_goes_on()
    {
        PythonTorch.SkipIfMissing();
        const string start = "x = np.arange(24.0).reshape(2, 3, 4); m = x[:, :, 0] % 8 == 0; ";
        var x = arange(24, ScalarType.Float64).reshape(2, 3, 4);
        var m = TensorIndex.Tensor((x[.., .., 0] % 8).eq(0));
        Expression[] calls =
        [
            new(start + "torch.tensor(x[m, 1:3])", () => x[m, 1..3]),
            new(start + "torch.tensor(x[m, 1])", () => x[m, 1]),
            new(start + "torch.tensor(x[m, None])", () => x[m, TensorIndex.None]),
            new(start + "x[m, ::2] = -1\ntorch.tensor(x)", () => { var y = x.clone(); y[m, TensorIndex.Slice(step: 2)] = tensor(-1.0); return y; }),
        ];
        Comparison.WithPython("indices behind a mask", calls, calls.Length);
    }

    private List<(string Python, TensorIndex Index)> Parts(long[] shape)
    {
        var parts = new List<(string, TensorIndex)>();
        var dim = 0;
        var ellipsis = false;
        while (dim < shape.Length || random.Next(12) == 0)
        {
            var size = dim < shape.Length ? shape[dim] : 2;
            switch (random.Next(13))
            {
                case 0 or 1: parts.Add(Number(size)); dim++; break;
                case 2 or 3 or 4: parts.Add(Slice(size)); dim++; break;
                case 5: parts.Add(Range(size)); dim++; break;
                case 6: parts.Add(("None", TensorIndex.None)); break;
                case 7 when !ellipsis:
                    parts.Add(("...", TensorIndex.Ellipsis));
                    ellipsis = true;
                    dim += random.Next(0, shape.Length);
                    break;
                case 8 when random.Next(3) == 0:
                    var truth = random.Next(2) == 0;
                    parts.Add((truth ? "True" : "False", TensorIndex.Bool(truth)));
                    break;
                case 9 or 10: parts.Add(Places(size)); dim++; break;
                case 11 when dim < shape.Length:
                    var taken = shape[dim..Math.Min(shape.Length, dim + random.Next(1, 3))];
                    parts.Add(Mask(taken));
                    dim += taken.Length;
                    // Behind a mask over several dimensions Python's torch slices the wrong one: see the test with numpy.
                    if (taken.Length > 1) return parts;
                    break;
                case 12: dim = shape.Length; break;
            }

            if (random.Next(10) == 0) break;
        }

        return parts;
    }

    private (string, TensorIndex) Number(long size)
    {
        var n = random.NextInt64(-size - (random.Next(8) == 0 ? 1 : 0), Math.Max(1, size));
        return (n.ToString(), TensorIndex.Single(n));
    }

    private (string, TensorIndex) Slice(long size)
    {
        long? start = random.Next(3) == 0 ? null : random.NextInt64(-size - 2, size + 3), stop = random.Next(3) == 0 ? null : random.NextInt64(-size - 2, size + 3);
        long? step = random.Next(2) == 0 ? null : random.Next(1, 4);
        return ($"{start}:{stop}:{step}", TensorIndex.Slice(start, stop, step));
    }

    private (string, TensorIndex) Range(long size)
    {
        int start = random.Next((int)size + 1), end = random.Next((int)size + 1);
        return random.Next(4) switch
        {
            0 => ($"{start}:{end}", start..end),
            1 when end > 0 => ($"{start}:-{end}", start..^end),
            2 when start > 0 => ($"-{start}:", ^start..),
            3 when start > 0 => ($"-{start}", ^start),
            _ => (":", ..),
        };
    }

    private (string, TensorIndex) Places(long size)
    {
        long[] shape = random.Next(5) switch { 0 => [], 1 => [2, 2], 2 => [1], _ => [2] };
        var numbers = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextInt64(-size, Math.Max(1, size))).ToArray();
        return ($"torch.tensor([{string.Join(", ", numbers)}]).reshape([{string.Join(", ", shape)}])", TensorIndex.Tensor(tensor(numbers).reshape(shape)));
    }

    private (string, TensorIndex) Mask(long[] shape)
    {
        var truths = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.Next(2) == 0).ToArray();
        return ($"torch.tensor([{string.Join(", ", truths)}], dtype=torch.bool).reshape([{string.Join(", ", shape)}])", TensorIndex.Tensor(tensor(truths).reshape(shape)));
    }
}
