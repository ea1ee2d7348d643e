namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a floating point type.</summary>
    public struct FInfo
    {
        public int bits;

        /// <summary>The distance from 1 to the next larger number.</summary>
        public double eps;
        public double max;
        public double min;

        /// <summary>The smallest number above zero with full precision.</summary>
        public double tiny;
        public double smallest_normal;

        /// <summary>How fine decimal fractions are.</summary>
        public double resolution;
    }

    /// <summary>The limits of the default type.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>The limits of a floating point type; of a complex one, those of its parts.</summary>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float16 => Limits(16, 9.765625e-4, 65504, 6.103515625e-5, 1e-3),
        ScalarType.BFloat16 => Limits(16, 0.0078125, BitConverter.Int32BitsToSingle(0x7F7F0000), BitConverter.Int32BitsToSingle(0x00800000), 1e-2),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(32, 1.1920928955078125e-7, float.MaxValue, BitConverter.Int32BitsToSingle(0x00800000), 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(64, double.BitIncrement(1) - 1, double.MaxValue, BitConverter.Int64BitsToDouble(0x0010000000000000), 1e-15),
        _ => throw new ArgumentException($"Only floating point types have such limits, not {dtype}.", nameof(dtype)),
    };

    private static FInfo Limits(int bits, double eps, double max, double tiny, double resolution) =>
        new() { bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = resolution };
}
