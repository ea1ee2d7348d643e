using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A tensor that lies in a <see cref="VectorFile"/>.</summary>
internal sealed class StoredVector(VectorFile file, long place, long length, ScalarType type, long[] shape)
{
    private volatile bool isFree;

    /// <summary>Where it begins in the file.</summary>
    public long Place { get; } = place;

    /// <summary>Its length in bytes.</summary>
    public long Length { get; } = length;

    public ScalarType Type { get; } = type;

    public long[] Shape { get; } = shape;

    /// <summary>Whether its place was given away.</summary>
    public bool IsFree
    {
        get => isFree;
        set => isFree = value;
    }

    public Tensor Read() => file.Read(this);

    public void Free() => file.Free(this);
}
