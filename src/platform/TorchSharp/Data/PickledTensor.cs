using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>What an archive's pickle says of its one tensor; the numbers themselves are in a record of their own.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides, bool RequiresGrad)
{
    /// <summary>Whether the elements stand in the storage from its start, one after the other.</summary>
    public bool Plain
    {
        get
        {
            long step = 1;
            for (var d = Shape.Length - 1; d >= 0; d--)
            {
                if (Shape[d] != 1 && Strides[d] != step) return false;
                step *= Shape[d];
            }

            return Offset == 0;
        }
    }

    public long Elements => Shape.Aggregate(1L, (a, b) => checked(a * b));

    /// <summary>How many elements the storage must have; at least.</summary>
    public long Reach => Elements == 0 ? 0 : checked(Shape.Zip(Strides, (n, stride) => checked((n - 1) * stride)).Aggregate(Offset, (a, b) => checked(a + b)) + 1);
}

/// <summary>The record of the archive that holds a tensor's elements.</summary>
internal sealed record PickledStorage(ScalarType Type, string Key);
