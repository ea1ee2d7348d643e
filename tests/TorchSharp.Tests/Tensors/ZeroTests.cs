using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>In C# a literal 0 is also a value of any enum: what takes a dimension must not take it for a type.</summary>
public class ZeroTests
{
    private readonly Tensor x = arange(6).reshape(2, 3).to_type(ScalarType.Float32);

    [Fact]
    public void Zero_is_the_first_dimension()
    {
        Assert.Equal([3, 5, 7], x.sum(0).data<float>().ToArray());
        Assert.Equal([3, 5, 7], sum(x, 0).data<float>().ToArray());
        Assert.Equal([0, 4, 10], x.prod(0).data<float>().ToArray());
        Assert.Equal([0, 4, 10], prod(x, 0).data<float>().ToArray());
    }

    [Fact]
    public void A_type_is_a_type()
    {
        Assert.Equal(ScalarType.Float64, x.sum(ScalarType.Float64).dtype);
        Assert.Equal(15, x.sum().item<float>());
        Assert.Equal(ScalarType.Float64, x.prod(float64).dtype);
    }

    [Fact]
    public void A_range_ends_at_zero() => Assert.Equal([-3, -2, -1], arange(-3, 0).data<long>().ToArray());

    [Fact]
    public void A_size_is_zero()
    {
        Assert.Equal([2, 0], x.new_zeros(2, 0).shape);
        Assert.Equal([2, 3, 0], x.new_ones(2, 3, 0).shape);
        Assert.Equal([0, 0, 0, 0], x.new_empty(0, 0, 0, 0).shape);
    }
}
