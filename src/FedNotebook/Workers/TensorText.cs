using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A tensor's text as PyTorch prints it, <c>tensor([1, 2, 3, 4, 5])</c>, by the rules of its torch/_tensor_str.py.</summary>
internal static class TensorText
{
    private const int SummaryAbove = 1000, EdgeItems = 3, Width = 80, Precision = 4;
    private const string Start = "tensor(";

    public static string Of(Tensor tensor)
    {
        if (tensor.is_complex()) return tensor.ToString() ?? "";
        using var values = tensor.detach();
        var shape = values.shape;
        var empty = values.numel() == 0;
        var text = new StringBuilder(Start);
        if (empty) text.Append("[]");
        else
        {
            var numbers = Numbers(values, shape);
            var format = Format(numbers, values.dtype);
            // PyTorch gives every number the room that the finite ones need.
            var width = shape.Length == 0 ? 0 : numbers.Where(n => n is not double d || (double.IsFinite(d) && d != 0)).Select(n => format(n).Length).DefaultIfEmpty().Max();
            Write(text, [.. numbers.Select(n => format(n).PadLeft(width))], Shown(shape), 0, 0, width, Start.Length);
        }

        if (empty && shape.Length != 1) text.Append($", size=({string.Join(", ", shape)})");
        if (values.dtype is not (ScalarType.Float32 or ScalarType.Int64 or ScalarType.Bool) || (empty && values.dtype != ScalarType.Float32))
            text.Append(", dtype=torch.").Append(values.dtype == ScalarType.Byte ? "uint8" : values.dtype.ToString().ToLowerInvariant());
        if (tensor.requires_grad) text.Append(", requires_grad=True");
        return text.Append(')').ToString();
    }

    /// <summary>How many items of each dimension are printed; a negative number stands for both edges with dots between.</summary>
    private static long[] Shown(long[] shape) =>
        shape.Aggregate(1L, (a, b) => a * b) > SummaryAbove ? Array.ConvertAll(shape, n => n > 2 * EdgeItems ? -2L * EdgeItems : n) : shape;

    /// <summary>The numbers that are printed, in order.</summary>
    private static object[] Numbers(Tensor tensor, long[] shape)
    {
        var shown = tensor.alias();
        var kept = Shown(shape);
        for (var d = 0; d < shape.Length; d++)
        {
            if (kept[d] >= 0) continue;
            using var head = shown.narrow(d, 0, EdgeItems);
            using var tail = shown.narrow(d, shape[d] - EdgeItems, EdgeItems);
            shown.Dispose();
            shown = cat([head, tail], d);
        }

        using (shown)
        {
            switch (tensor.dtype)
            {
                case ScalarType.Bool: return [.. shown.data<bool>().ToArray().Cast<object>()];
                case ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64:
                    using (var doubles = shown.to(ScalarType.Float64)) return [.. doubles.data<double>().ToArray().Cast<object>()];
                default:
                    using (var longs = shown.to(ScalarType.Int64)) return [.. longs.data<long>().ToArray().Cast<object>()];
            }
        }
    }

    private static Func<object, string> Format(object[] numbers, ScalarType type)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == ScalarType.Bool) return v => (bool)v ? "True" : "False";
        if (type is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64)) return v => ((long)v).ToString(culture);

        var sizes = numbers.Cast<double>().Where(v => double.IsFinite(v) && v != 0).Select(Math.Abs).ToArray();
        var whole = sizes.All(v => v == Math.Ceiling(v));
        var wide = sizes.Length > 0 && (sizes.Max() / sizes.Min() > 1000 || sizes.Max() > 1e8);
        var scientific = wide || (!whole && sizes.Min() < 1e-4);
        return v => (double)v switch
        {
            double.NaN => "nan",
            double.PositiveInfinity => "inf",
            double.NegativeInfinity => "-inf",
            var d when scientific => d.ToString("0." + new string('0', Precision) + "e+00", culture),
            var d when whole => d.ToString("0", culture) + ".",
            var d => d.ToString("F" + Precision, culture),
        };
    }

    /// <summary>Writes one dimension, and by itself the ones within. Returns the number of cells that it took.</summary>
    private static int Write(StringBuilder text, string[] cells, long[] kept, int dimension, int next, int width, int indent)
    {
        if (kept.Length == 0)
        {
            text.Append(cells[0]);
            return 1;
        }

        var count = (int)Math.Abs(kept[dimension]);
        var elided = kept[dimension] < 0;
        text.Append('[');
        if (dimension == kept.Length - 1)
        {
            var row = cells.Skip(next).Take(count).ToList();
            if (elided) row.Insert(EdgeItems, " ...");
            var perLine = Math.Max(1, (Width - indent) / (width + 2));
            text.AppendJoin(",\n" + new string(' ', indent + 1), row.Chunk(perLine).Select(line => string.Join(", ", line))).Append(']');
            return count;
        }

        var used = 0;
        var between = "," + new string('\n', kept.Length - 1 - dimension) + new string(' ', indent + 1);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(between);
            if (elided && i == EdgeItems) text.Append("...").Append(between);
            used += Write(text, cells, kept, dimension + 1, next + used, width, indent + 1);
        }

        text.Append(']');
        return used;
    }
}
