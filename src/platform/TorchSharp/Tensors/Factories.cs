using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Makes tensors out of .NET arrays.</summary>
internal static unsafe class Factories
{
    public static Tensor Scalar<T>(T value, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        CopySpan(new ReadOnlySpan<T>(in value), [], dtype, device, requires_grad);

    public static Tensor Copy<T>(IList<T> values, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Copy(values, [values.Count], dtype, device, requires_grad);
    }

    public static Tensor Copy<T>(IList<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ArgumentNullException.ThrowIfNull(values);
        return CopyArray(values as T[] ?? values.ToArray(), shape, dtype, device, requires_grad);
    }

    /// <summary>Of an array with any number of dimensions.</summary>
    public static Tensor CopyArray(Array values, ScalarType? dtype, Device? device, bool requires_grad)
    {
        ArgumentNullException.ThrowIfNull(values);
        var shape = new long[values.Rank];
        for (var d = 0; d < shape.Length; d++) shape[d] = values.GetLongLength(d);
        return CopyArray(values, shape, dtype, device, requires_grad);
    }

    private static Tensor CopyArray(Array values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
    {
        var type = ElementType.Require(values.GetType().GetElementType()!);
        ref var first = ref MemoryMarshal.GetArrayDataReference(values);
        return Copy(MemoryMarshal.CreateReadOnlySpan(ref first, checked((int)(values.LongLength * ElementType.Size(type)))), values.LongLength, type, shape, dtype, device, requires_grad);
    }

    public static Tensor CopySpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        Copy(MemoryMarshal.AsBytes(values), values.Length, ElementType.Require(typeof(T)), shape, dtype, device, requires_grad);

    private static Tensor Copy(
        ReadOnlySpan<byte> bytes, long count, ScalarType type, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
    {
        long elements = 1;
        foreach (var size in shape) elements = size < 0 || (elements > 0 && size > long.MaxValue / elements) ? -1 : elements * size;
        if (elements < 0) throw new ArgumentException($"[{string.Join(", ", shape.ToArray())}] is not a shape that a tensor can have.");
        if (elements != count)
            throw new ArgumentException($"{count} values do not fill the shape [{string.Join(", ", shape.ToArray())}], which has {elements} places.");
        device = InitializeDevice(device);
        var tensor = Aten.empty_memory_format.Tensor(shape.ToArray(), type);
        if (bytes.Length > 0) bytes.CopyTo(new Span<byte>(tensor.Data, bytes.Length));
        if (dtype is { } wanted && wanted != type) tensor = tensor.to_type(wanted, disposeAfter: true);
        if (device.type != DeviceType.CPU) tensor = tensor.to(device, disposeAfter: true);
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    /// <summary>Over the array's own memory: what is written to one is seen in the other.</summary>
    public static Tensor Share(Array values, ScalarType type, long offset, ReadOnlySpan<long> shape, bool requires_grad)
    {
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        var data = (byte*)pin.AddrOfPinnedObject() + offset;
        nint handle;
        fixed (long* sizes = shape)
            handle = Shim.fed_from_blob(data, sizes, shape.Length, (int)type, &Unpin, GCHandle.ToIntPtr(pin));
        if (handle == 0)
        {
            pin.Free();
            throw Shim.Error();
        }

        var tensor = new Tensor(handle, 0);
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    /// <summary>Over the array's own memory where no conversion is asked for; a list that is no array is copied.</summary>
    public static Tensor Share<T>(IList<T> values, ScalarType? dtype, Device? device)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values is not T[] array) return Copy(values, dtype, device, false);
        device = InitializeDevice(device);
        var type = ElementType.Require(typeof(T));
        var tensor = Share(array, type, 0, [array.Length], false);
        return (dtype is null || dtype == type) && device.type == DeviceType.CPU ? tensor : tensor.to(dtype ?? type, device, disposeAfter: true);
    }

    public static Tensor Finish(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        if (names is not null) tensor.Name(names);
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    /// <summary>A result, written into a tensor where one is given for it.</summary>
    public static Tensor Into(Tensor? target, Tensor result)
    {
        if (target is null) return result;
        using var mode = no_grad();
        using (result)
        {
            Aten.resize_.Void(target, result.shape);
            return target.copy_(result);
        }
    }
}
