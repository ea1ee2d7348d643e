using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What an argument or a result of an operator is; the native side has the same list.</summary>
internal enum ValueKind : uint
{
    None, Tensor, Int, Float, Bool, Complex, Ints, Floats, Bools, Tensors, Text, Generator, Device,
}

/// <summary>An argument or a result as it crosses the boundary: 16 bytes, laid out as the native side has it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    [FieldOffset(0)] public ValueKind Kind;
    [FieldOffset(4)] public uint Length;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Float;
    [FieldOffset(8)] public void* Pointer;
}

/// <summary>A tensor's properties, read in one call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    public long Elements;
    public long Offset;
    public long* Sizes;
    public long* Strides;
    public void* Data;
    public int Dimensions;
    public sbyte Type;
    public sbyte DeviceType;
    public sbyte DeviceIndex;
    public byte Flags;

    public readonly bool RequiresGrad => (Flags & 1) != 0;
    public readonly bool IsLeaf => (Flags & 2) != 0;
    public readonly bool IsContiguous => (Flags & 4) != 0;
    public readonly bool IsStrided => (Flags & 8) != 0;
    public readonly bool IsLazy => (Flags & 16) != 0;
}
