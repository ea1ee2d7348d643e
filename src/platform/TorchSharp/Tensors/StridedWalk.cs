namespace TorchSharp.Utils;

/// <summary>Goes over the places of a strided tensor's elements, in the order of its shape, with no division per element.</summary>
internal sealed class StridedWalk
{
    private readonly long[] shape, strides, index;
    private long offset;

    public StridedWalk(long[] shape, long[] strides, long start)
    {
        this.shape = shape;
        this.strides = strides;
        index = new long[shape.Length];
        for (var d = shape.Length - 1; d >= 0 && start > 0; d--)
        {
            index[d] = start % shape[d];
            start /= shape[d];
            offset += index[d] * strides[d];
        }
    }

    public long Next()
    {
        var current = offset;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += strides[d];
            if (++index[d] < shape[d]) break;
            offset -= strides[d] * shape[d];
            index[d] = 0;
        }

        return current;
    }
}
