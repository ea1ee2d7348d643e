using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One element of a tensor as text, read where it lies.</summary>
internal sealed unsafe class ElementText
{
    private readonly Tensor tensor;
    private readonly ScalarType type;
    private readonly byte* start;
    private readonly string format;
    private readonly CultureInfo culture;
    private readonly bool csharp;

    public ElementText(Tensor tensor, string format, CultureInfo culture, bool csharp)
    {
        (this.tensor, this.format, this.culture, this.csharp) = (tensor, format, culture, csharp);
        type = tensor.dtype;
        start = (byte*)tensor.Data;
    }

    public string At(long offset)
    {
        var text = Text(offset);
        GC.KeepAlive(tensor);
        return text;
    }

    private string Text(long offset) => type switch
    {
        ScalarType.Bool => csharp ? (Read<bool>(offset) ? "true" : "false") : Read<bool>(offset).ToString(culture),
        ScalarType.Byte => Read<byte>(offset).ToString(culture),
        ScalarType.Int8 => Read<sbyte>(offset).ToString(culture),
        ScalarType.Int16 => Read<short>(offset).ToString(culture),
        ScalarType.Int32 => Read<int>(offset).ToString(culture),
        ScalarType.Int64 => Read<long>(offset).ToString(culture) + (csharp ? "L" : ""),
        ScalarType.Float16 => Real((double)Read<Half>(offset)),
        ScalarType.BFloat16 => Real(BitConverter.Int32BitsToSingle(Read<ushort>(offset) << 16)),
        ScalarType.Float32 => Read<float>(offset).ToString(format, culture) + (csharp ? "f" : ""),
        ScalarType.Float64 => Real(Read<double>(offset)),
        ScalarType.ComplexFloat32 => Pair(Read<(float, float)>(offset).Item1, Read<(float, float)>(offset).Item2),
        ScalarType.ComplexFloat64 => Pair(Read<Complex>(offset).Real, Read<Complex>(offset).Imaginary),
        _ => "?",
    };

    private T Read<T>(long offset) where T : unmanaged => ((T*)start)[offset];

    private string Real(double value) => value.ToString(format, culture);

    private string Pair(double real, double imaginary) =>
        imaginary == 0 ? Real(real) : (real == 0 ? "" : Real(real) + (imaginary > 0 ? "+" : "")) + Real(imaginary) + "i";
}
