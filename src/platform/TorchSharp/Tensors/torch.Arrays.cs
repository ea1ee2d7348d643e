namespace TorchSharp;

public static partial class torch
{
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.Needed().to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Factories.Finish(Factories.CopyArray(rawArray, dtype, device, requires_grad), false, names);

    /// <summary>The tensor lies over the array's memory; the count is of elements, the offset of bytes.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var size = dtype.ElementSize();
        var bytes = rawArray.LongLength * ElementType.Require(rawArray.GetType().GetElementType()!).ElementSize();
        if (offset < 0 || offset > bytes) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The offset is not in the buffer: it has {bytes} bytes.");
        if (count < 0) count = (bytes - offset) / size;
        if (count == 0 || offset + count * size > bytes)
            throw new ArgumentException($"{count} elements of {size} bytes from byte {offset} on do not lie in the buffer: it has {bytes} bytes.");
        return Factories.Share(rawArray, dtype, offset, [count], requires_grad);
    }
}
