using System.Globalization;
using System.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static int ElementSize(this ScalarType type) => ElementType.Size(type);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);

    public static ReadOnlySpan<int> IntShape(this Tensor tensor) => Array.ConvertAll(tensor.shape, s => checked((int)s));

    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        doCopy || requires_grad
            ? Factories.Copy(rawArray, dimensions, null, null, requires_grad)
            : Factories.Copy(rawArray, dimensions, null, null, false);

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct =>
        Factories.Copy(new[] { scalar }, [], null, device, requires_grad);

    public static bool ToBoolean(this Tensor value) => value.Needed().dtype == ScalarType.Bool ? value.item<bool>() : value.ToScalar().ToBoolean();
    public static byte ToByte(this Tensor value) => value.Needed().ToScalar().ToByte();
    public static sbyte ToSByte(this Tensor value) => value.Needed().ToScalar().ToSByte();
    public static short ToInt16(this Tensor value) => value.Needed().ToScalar().ToInt16();
    public static int ToInt32(this Tensor value) => value.Needed().ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.Needed().ToScalar().ToInt64();
    public static Half ToHalf(this Tensor value) => value.Needed().ToScalar().ToHalf();
    public static float ToSingle(this Tensor value) => value.Needed().ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.Needed().ToScalar().ToDouble();
    public static (float, float) ToComplexFloat32(this Tensor value) => value.Needed().ToScalar().ToComplexFloat32();
    public static (float, float) ToComplex32(this Tensor value) => value.Needed().ToScalar().ToComplexFloat32();
    public static Complex ToComplexFloat64(this Tensor value) => value.Needed().ToScalar().ToComplexFloat64();
    public static Complex ToComplex64(this Tensor value) => value.Needed().ToScalar().ToComplexFloat64();
}
