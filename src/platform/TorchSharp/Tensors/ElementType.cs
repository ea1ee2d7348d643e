using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type stands for which of libtorch's.</summary>
internal static class ElementType
{
    public static ScalarType? Of(Type type) =>
        type == typeof(float) ? ScalarType.Float32 :
        type == typeof(double) ? ScalarType.Float64 :
        type == typeof(long) ? ScalarType.Int64 :
        type == typeof(int) ? ScalarType.Int32 :
        type == typeof(bool) ? ScalarType.Bool :
        type == typeof(byte) ? ScalarType.Byte :
        type == typeof(sbyte) ? ScalarType.Int8 :
        type == typeof(short) ? ScalarType.Int16 :
        type == typeof(Half) ? ScalarType.Float16 :
        type == typeof(Complex) ? ScalarType.ComplexFloat64 :
        type == typeof((float, float)) ? ScalarType.ComplexFloat32 : null;

    public static ScalarType Require(Type type) =>
        Of(type) ?? throw new NotSupportedException($"There are no tensors of {type.Name}: use float, double, int, long, short, byte, sbyte, bool, Half or Complex.");

    /// <summary>Throws unless the tensor's elements are of the type T: nothing is converted on the way.</summary>
    public static void Require<T>(Tensor tensor)
    {
        var wanted = Require(typeof(T));
        var found = tensor.dtype;
        if (wanted != found)
            throw new ArgumentException($"The tensor holds {found}, not {wanted}: convert it first, with to_type(ScalarType.{wanted}), or read it as its own type.");
    }

    public static int Size(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };
}
