using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>What a store shows of a tensor that only some users may have: everything but its values.</summary>
public sealed class PrivateTensor
{
    private readonly bool hidesShape;

    internal PrivateTensor(Tensor? tensor, Label label)
    {
        shape = label.HidesShape ? [] : tensor?.shape ?? [];
        hidesShape = label.HidesShape;
        dtype = tensor?.dtype ?? ScalarType.Float32;
        tags = label.Tags;
        description = label.Description;
    }

    /// <summary>Whether the shape is not told.</summary>
    internal bool HidesShape => hidesShape;

    /// <summary>The tensor's shape; empty where the shape itself depends on private values.</summary>
    public long[] shape { get; }

    /// <summary>The type of its elements.</summary>
    public ScalarType dtype { get; }

    /// <summary>The tensor's tags.</summary>
    public IReadOnlyList<string> tags { get; }

    /// <summary>The tensor's description, or null.</summary>
    public string? description { get; }

    /// <summary>The shape in the place of the values: <c>(Wrapper)&gt;PrivateTensor&gt;torch.Size([2, 3])</c>.</summary>
    public override string ToString() => $"(Wrapper)>PrivateTensor>torch.Size([{(hidesShape ? "?" : string.Join(", ", shape))}])";
}
