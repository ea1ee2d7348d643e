using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor as text, in the styles of the API. Of a long dimension the first and the last elements are shown.</summary>
internal sealed class TensorPrinter
{
    private const string Gap = "...";

    private readonly Tensor tensor;
    private readonly ElementText? element;
    private readonly long[] shape, strides;
    private readonly int width, maxRows, maxColumns;
    private readonly string newLine;
    private readonly TensorStringStyle style;

    private TensorPrinter(Tensor tensor, TensorStringStyle style, string? format, int? width, CultureInfo? culture, string? newLine)
    {
        var options = PrintOptions.Current;
        this.style = style;
        this.width = width ?? options.LineWidth;
        this.newLine = newLine ?? options.NewLine;
        (maxRows, maxColumns) = (options.MaxRows, options.MaxColumns);
        shape = tensor.shape;
        strides = [];
        this.tensor = tensor;
        if (tensor.device_type == DeviceType.META || tensor.is_sparse) return;
        this.tensor = tensor.detach().cpu().Plain();
        strides = this.tensor.stride();
        element = new ElementText(this.tensor, format ?? options.FloatFormat, culture ?? CultureInfo.CurrentCulture, style == TensorStringStyle.CSharp);
    }

    public static string Print(Tensor tensor, TensorStringStyle style, string? format, int? width, CultureInfo? culture, string? newLine)
    {
        if (tensor.IsInvalid) return "a disposed tensor";
        using var scope = NewDisposeScope();
        if (style == TensorStringStyle.Default) style = torch.TensorStringStyle;
        if (style == TensorStringStyle.Default) style = TensorStringStyle.Julia;
        var printer = new TensorPrinter(tensor, style, format, width, culture, newLine);
        return style switch
        {
            TensorStringStyle.Metadata => printer.Metadata(),
            TensorStringStyle.Julia => printer.Julia(),
            TensorStringStyle.Numpy => printer.Numpy(),
            TensorStringStyle.CSharp => printer.CSharp(),
            _ => throw new ArgumentException($"There is no style {style}.", nameof(style)),
        };
    }

    private string Head() => $"[{string.Join("x", shape)}], type = {tensor.dtype}, device = {tensor.device}";

    private string Metadata() => Head() + (shape.Length == 0 && element is not null ? ", value = " + element.At(0) : "");

    // ---- Julia: matrices with aligned columns, each after its place

    private string Julia()
    {
        if (shape.Length == 0 || element is null) return Metadata();
        if (tensor.NumberOfElements == 0) return Head() + newLine;
        var text = new StringBuilder(Head()).Append(newLine);
        if (shape.Length == 1) Row(text, [Elements(0, 0)]);
        else if (shape.Length == 2) Matrix(text, 0);
        else Blocks(text, "", 0, 0);
        return text.ToString();
    }

    private void Blocks(StringBuilder text, string place, int dim, long offset)
    {
        foreach (var i in Shown(shape[dim], maxRows))
        {
            var at = offset + i * strides[dim];
            if (i >= 0 && dim < shape.Length - 3)
            {
                Blocks(text, $"{place}{i},", dim + 1, at);
                continue;
            }

            if (!Fresh(text)) text.Append(newLine);
            if (i < 0)
            {
                text.Append(Gap).Append(newLine);
                continue;
            }

            text.Append($"[{place}{i},..,..] =").Append(newLine);
            Matrix(text, at);
        }
    }

    // Only the head stands there: the first block follows it with no empty line between.
    private bool Fresh(StringBuilder text) => text.Length == Head().Length + newLine.Length;

    private void Matrix(StringBuilder text, long offset)
    {
        var dim = shape.Length - 2;
        Row(text, Shown(shape[dim], maxRows).Select(i => i < 0 ? null : Elements(dim + 1, offset + i * strides[dim])).ToList());
    }

    // A row that is null stands for those that are left out.
    private void Row(StringBuilder text, List<List<string>?> rows)
    {
        var columns = rows.Max(r => r?.Count ?? 0);
        var widths = Enumerable.Range(0, columns).Select(c => rows.Max(r => r?[c].Length ?? 0)).ToArray();
        foreach (var row in rows)
        {
            if (row is null)
            {
                text.Append(' ').Append(Gap).Append(newLine);
                continue;
            }

            var used = 0;
            for (var c = 0; c < columns; c++)
            {
                if (used > 0 && used + widths[c] + 1 > width)
                {
                    text.Append(newLine);
                    used = 0;
                }

                text.Append(' ').Append(row[c].PadLeft(widths[c]));
                used += widths[c] + 1;
            }

            text.Append(newLine);
        }
    }

    // ---- Numpy: nested brackets

    private string Numpy() => element is null ? Metadata() : shape.Length == 0 ? element.At(0) : Nested(0, 0);

    private string Nested(int dim, long offset)
    {
        if (dim == shape.Length - 1) return $"[{string.Join(", ", Elements(dim, offset)).Replace($"{Gap},", Gap)}]";
        var indent = new string(' ', dim + 1);
        var between = string.Concat(Enumerable.Repeat(newLine, shape.Length - 1 - dim)) + indent;
        return $"[{string.Join(between, Shown(shape[dim], maxRows).Select(i => i < 0 ? Gap : Nested(dim + 1, offset + i * strides[dim])))}]";
    }

    // ---- C#: an array that could be compiled, where nothing is left out

    private string CSharp()
    {
        if (element is null) return Metadata();
        if (shape.Length == 0) return Head() + ", value = " + element.At(0);
        var type = $"{TypeName(tensor.dtype)} [{new string(',', shape.Length - 1)}] ";
        return Head() + ", value = " + (shape.Length == 1
            ? type + Braces(0, 0)
            : $"{newLine}{type}{{{newLine} {string.Join(newLine + " ", Separated(0, 0))}{newLine}}}");
    }

    private string Braces(int dim, long offset) =>
        dim == shape.Length - 1
            ? $"{{{string.Join(", ", Elements(dim, offset)).Replace($"{Gap},", Gap)}}}"
            : $"{{{string.Join(newLine + new string(' ', dim + 1), Separated(dim, offset))}}}";

    // With a comma after each but the last, and none around the gap.
    private IEnumerable<string> Separated(int dim, long offset)
    {
        var indices = Shown(shape[dim], maxRows).ToList();
        for (var n = 0; n < indices.Count; n++)
        {
            yield return indices[n] < 0 ? Gap : Braces(dim + 1, offset + indices[n] * strides[dim]) + (n < indices.Count - 1 ? "," : "");
        }
    }

    private static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Bool => "bool",
        ScalarType.Byte => "byte",
        ScalarType.Int8 => "sbyte",
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Float16 => "Half",
        ScalarType.Float32 => "float",
        ScalarType.Float64 => "double",
        ScalarType.ComplexFloat32 => "(float, float)",
        ScalarType.ComplexFloat64 => "System.Numerics.Complex",
        _ => type.ToString(),
    };

    private List<string> Elements(int dim, long offset) =>
        Shown(shape[dim], maxColumns).Select(i => i < 0 ? Gap : element!.At(offset + i * strides[dim])).ToList();

    /// <summary>The indices to show; -1 stands for those that are left out.</summary>
    private static IEnumerable<long> Shown(long size, int max)
    {
        if (size <= max)
        {
            for (long i = 0; i < size; i++) yield return i;
            yield break;
        }

        var head = max / 2;
        for (long i = 0; i < head; i++) yield return i;
        yield return -1;
        for (var i = size - head; i < size; i++) yield return i;
    }
}
