using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>A window on a tensor's numbers, in the order of its shape. It keeps the tensor object alive; disposing the tensor ends it.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor tensor;
    private readonly long[] shape, strides;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("The numbers of a tensor can be read on the CPU only: call cpu() first.");
        ElementType.Require<T>(tensor);
        this.tensor = tensor.Plain();
        shape = tensor.shape;
        strides = this.tensor.stride();
        Count = tensor.numel();
    }

    public long Count { get; }
    public bool IsReadOnly => false;

    private T* Start => (T*)tensor.Data;

    private bool IsDense => tensor.is_contiguous();

    public T this[params long[] indices]
    {
        get => Start[Offset(indices)];
        set => Start[Offset(indices)] = value;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1)
        {
            if (indices[0] < 0 || indices[0] >= Count)
                throw new IndexOutOfRangeException($"The index {indices[0]} is not in the tensor: it has {Count} elements.");
            return Offset(indices[0]);
        }

        if (indices.Length != shape.Length)
            throw new ArgumentException($"The tensor has {shape.Length} dimensions, but {indices.Length} indices were given.", nameof(indices));
        long offset = 0;
        for (var d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d])
                throw new IndexOutOfRangeException($"The index {indices[d]} is not in dimension {d}: its size is {shape[d]}.");
            offset += indices[d] * strides[d];
        }

        return offset;
    }

    private long Offset(long position)
    {
        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += position % shape[d] * strides[d];
            position /= shape[d];
        }

        return offset;
    }

    public T[] ToArray()
    {
        if (Count > Array.MaxLength) throw new NotSupportedException($"The tensor's {Count} numbers do not go into one .NET array, which holds {Array.MaxLength} at most.");
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    public Array ToNDArray()
    {
        var result = Array.CreateInstance(typeof(T), shape.Length == 0 ? [1L] : shape);
        var flat = ToArray();
        fixed (T* source = flat)
        fixed (byte* target = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result))
            Buffer.MemoryCopy(source, target, flat.LongLength * sizeof(T), flat.LongLength * sizeof(T));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Fitting(array.Length, arrayIndex, tensorIndex);
        if (IsDense)
        {
            new ReadOnlySpan<T>(Start + tensorIndex, count).CopyTo(array[arrayIndex..]);
        }
        else
        {
            var walk = new StridedWalk(shape, strides, tensorIndex);
            for (var i = 0; i < count; i++) array[arrayIndex + i] = Start[walk.Next()];
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Fitting(array.Length, arrayIndex, tensorIndex);
        var walk = new StridedWalk(shape, strides, tensorIndex);
        var start = Start;
        for (var i = 0; i < count; i++) start[walk.Next()] = array[arrayIndex + i];
        GC.KeepAlive(tensor);
    }

    private int Fitting(int length, int arrayIndex, long tensorIndex)
    {
        if (arrayIndex < 0 || arrayIndex > length) throw new ArgumentOutOfRangeException(nameof(arrayIndex), arrayIndex, "The index is not in the array.");
        if (tensorIndex < 0 || tensorIndex > Count) throw new ArgumentOutOfRangeException(nameof(tensorIndex), tensorIndex, "The index is not in the tensor.");
        return (int)Math.Min(length - arrayIndex, Count - tensorIndex);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T At(long position) => Start[Offset(position)];

    public void Dispose()
    {
    }

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => tensor.GetHashCode();

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);
}
