using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number on its way into an operator. Here it holds nothing native, so disposing it does nothing.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Complex value;
    private readonly long whole;

    public ScalarType Type { get; }

    internal Scalar(long value, ScalarType type)
    {
        whole = value;
        this.value = value;
        Type = type;
    }

    internal Scalar(double value, ScalarType type)
    {
        this.value = value;
        Type = type;
    }

    internal Scalar(Complex value)
    {
        this.value = value;
        Type = ScalarType.ComplexFloat64;
    }

    internal bool IsWhole => is_integral(Type);
    internal Complex Number => value;
    internal double Real => IsWhole ? whole : value.Real;
    internal long Whole => IsWhole ? whole : (long)value.Real;

    internal Argument AsArgument() =>
        Type == ScalarType.Bool ? whole != 0 :
        IsWhole ? (Argument)whole :
        is_complex(Type) ? Argument.Complex(value) : value.Real;

    public void Dispose()
    {
    }

    public static implicit operator Scalar(byte value) => new(value, ScalarType.Int64);
    public static implicit operator Scalar(sbyte value) => new(value, ScalarType.Int64);
    public static implicit operator Scalar(short value) => new(value, ScalarType.Int64);
    public static implicit operator Scalar(int value) => new(value, ScalarType.Int64);
    public static implicit operator Scalar(long value) => new(value, ScalarType.Int64);
    public static implicit operator Scalar(Half value) => new((double)value, ScalarType.Float64);
    public static implicit operator Scalar(float value) => new((double)value, ScalarType.Float64);
    public static implicit operator Scalar(double value) => new(value, ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(value ? 1L : 0L, ScalarType.Bool);
    public static implicit operator Scalar((float, float) value) => new(new Complex(value.Item1, value.Item2));
    public static implicit operator Scalar(Complex value) => new(value);
}

public static class ScalarExtensionMethods
{
    public static bool ToBoolean(this Scalar value) => value.Real != 0;
    public static byte ToByte(this Scalar value) => (byte)value.Whole;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.Whole;
    public static short ToInt16(this Scalar value) => (short)value.Whole;
    public static int ToInt32(this Scalar value) => (int)value.Whole;
    public static long ToInt64(this Scalar value) => value.Whole;
    public static Half ToHalf(this Scalar value) => (Half)value.Real;
    public static float ToSingle(this Scalar value) => (float)value.Real;
    public static double ToDouble(this Scalar value) => value.Real;
    public static (float, float) ToComplexFloat32(this Scalar value) => ((float)value.Number.Real, (float)value.Number.Imaginary);
    public static Complex ToComplexFloat64(this Scalar value) => value.Number;

    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;
    public static Scalar ToBFloat16Scalar(this float value) => new((double)value, ScalarType.Float64);
}
