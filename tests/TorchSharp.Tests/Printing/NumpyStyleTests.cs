using TorchSharp.Tests.Operators;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Printing;

/// <summary>The numpy style puts brackets, commas and lines where numpy puts them; numpy pads columns besides, ends lines with a comma, and writes fractions in its own way.</summary>
public class NumpyStyleTests
{
    [Fact]
    public void Whole_numbers_stand_in_numpys_brackets_and_lines()
    {
        PythonTorch.SkipIfMissing();
        var shapes = new long[][] { [], [1], [5], [2, 3], [3, 1, 2], [2, 1, 2, 3], [1, 1, 1, 1], [2, 2, 1, 1, 2] };
        var calls = shapes.SelectMany(shape => new[] { "int64", "bool", "uint8" }, (shape, type) => new Expression(
            $"np.array2string((torch.arange({shape.Aggregate(1L, (a, b) => a * b)}) % 5).reshape([{string.Join(", ", shape)}]).to(torch.{type}).numpy(), separator=', ').replace(' ', '').replace(',\\n', '\\n')",
            () => (arange(shape.Aggregate(1L, (a, b) => a * b)) % 5).reshape(shape).to_type(type == "bool" ? ScalarType.Bool : type == "uint8" ? ScalarType.Byte : ScalarType.Int64)
                .npstr(newLine: "\n").Replace(" ", ""))).ToList();
        Comparison.WithPython("tensors printed as numpy prints", calls, calls.Count);
    }
}
