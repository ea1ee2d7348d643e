using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An argument of an operator, made by implicit conversion from what the API's methods take. Null stands for "none".</summary>
internal readonly struct Argument
{
    /// <summary>A tensor, generator, list or text; kept alive by its place here.</summary>
    public readonly object? Object;
    public readonly long Bits;
    public readonly ValueKind Kind;

    private Argument(ValueKind kind, object? value)
    {
        Kind = value is null ? ValueKind.None : kind;
        Object = value;
    }

    private Argument(ValueKind kind, long bits)
    {
        Kind = kind;
        Bits = bits;
    }

    public static implicit operator Argument(Tensor? value) => new(ValueKind.Tensor, value);
    public static implicit operator Argument(Tensor?[]? value) => new(ValueKind.Tensors, value);
    public static implicit operator Argument(Generator? value) => new(ValueKind.Generator, value);
    public static implicit operator Argument(string? value) => new(ValueKind.Text, value);
    public static implicit operator Argument(long[]? value) => new(ValueKind.Ints, value);
    public static implicit operator Argument(double[]? value) => new(ValueKind.Floats, value);
    public static implicit operator Argument(bool[]? value) => new(ValueKind.Bools, value);
    public static implicit operator Argument(ReadOnlySpan<long> value) => new(ValueKind.Ints, value.ToArray());
    public static implicit operator Argument(Size value) => new(ValueKind.Ints, value.Shape);
    public static implicit operator Argument((long, long) value) => new(ValueKind.Ints, new[] { value.Item1, value.Item2 });
    public static implicit operator Argument((long, long)? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument((long, long, long) value) => new(ValueKind.Ints, new[] { value.Item1, value.Item2, value.Item3 });
    public static implicit operator Argument((long, long, long)? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(long value) => new(ValueKind.Int, value);
    public static implicit operator Argument(long? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(int value) => new(ValueKind.Int, value);
    public static implicit operator Argument(int? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(double value) => new(ValueKind.Float, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(double? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Argument(bool? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(ScalarType value) => new(ValueKind.Int, (long)value);
    public static implicit operator Argument(ScalarType? value) => value is { } v ? v : default(Argument);
    public static implicit operator Argument(Device? value) =>
        value is null ? default : new(ValueKind.Device, ((long)value.type << 8) | (byte)(sbyte)value.index);
    public static implicit operator Argument(Scalar? value) => value is null ? default : value.AsArgument();

    internal static Argument Complex(System.Numerics.Complex value) => new(ValueKind.Complex, (object)new[] { value.Real, value.Imaginary });
}
