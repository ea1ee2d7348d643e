using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public class IndexingTests
{
    private readonly Tensor x = arange(24).reshape(2, 3, 4);

    private static long[] Values(Tensor t) => t.data<long>().ToArray();

    [Fact]
    public void A_number_picks_and_drops_the_dimension()
    {
        Assert.Equal([3, 4], x[1].shape);
        Assert.Equal(23, x[1, 2, 3].item<long>());
        Assert.Equal(23, x[-1, -1, -1].item<long>());
        Assert.Equal([0, 12], Values(x[TensorIndex.Colon, 0, 0]));
    }

    [Fact]
    public void Ranges_slice()
    {
        Assert.Equal([1, 2, 5, 6, 9, 10], Values(x[0, .., 1..3]));
        Assert.Equal([3, 7, 11], Values(x[0, .., ^1]));
        Assert.Equal([0, 1, 2], Values(x[0, 0, ..^1]));
        Assert.Equal([0, 2], Values(x[0, 0, TensorIndex.Slice(step: 2)]));
    }

    [Fact]
    public void An_ellipsis_stands_for_the_rest()
    {
        Assert.Equal([2, 3], x[TensorIndex.Ellipsis, 0].shape);
        Assert.Equal([3, 4], x[0, TensorIndex.Ellipsis].shape);
    }

    [Fact]
    public void None_makes_a_dimension() => Assert.Equal([1, 2, 1, 3, 4], x[TensorIndex.None, .., TensorIndex.None].shape);

    [Fact]
    public void Tensors_pick()
    {
        Assert.Equal([12, 0], Values(x[tensor(new long[] { 1, 0 })][TensorIndex.Colon, 0, 0]));
        Assert.Equal([20, 21, 22, 23], Values(x[x > 19]));
        Assert.Equal([4, 8], Values(x[0, TensorIndex.Tensor(tensor(new long[] { 1, 2 })), 0]));
        Assert.Equal([1, 0, 2, 3, 4], x[TensorIndex.Bool(false)].shape.Prepend(1).ToArray());
    }

    [Fact]
    public void Setting_writes_through()
    {
        x[0] = -1L;
        x[1, 0, 0] = tensor(7L);
        x[1, .., 3] = tensor(new long[] { 50, 51, 52 });
        x[x == 13] = 99L;
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 7, 99, 14, 50, 16, 17, 18, 51, 20, 21, 22, 52], Values(x));
    }

    [Fact]
    public void A_number_of_another_type_is_taken_wherever_it_is_put()
    {
        var y = zeros(3, 3);
        y[eye(3).to_type(ScalarType.Bool)] = 5;
        y[tensor(new[] { 0L, 1 }), 2] = 7L;
        y[tensor(new[] { 2L })] = true;
        Assert.Equal([5, 0, 7, 0, 5, 7, 1, 1, 1], y.data<float>().ToArray());
        x[x < 20] = 0.0;
        Assert.Equal(20 + 21 + 22 + 23, x.sum().item<long>());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => y[y > 0] = ones(6, ScalarType.Int64));
    }

    [Fact]
    public void What_is_picked_by_a_slice_is_a_view()
    {
        var row = x[1, 2];
        row.zero_();
        Assert.Equal(0, x[1, 2, 3].item<long>());
    }

    [Fact]
    public void Csharps_own_whole_numbers_pick_as_long_ones_do()
    {
        var rows = tensor(new[] { 1, 0 });
        Assert.Equal([18, 6], Values(x[rows, 1, 2]));
        Assert.Equal(x[rows.to_type(ScalarType.Int64)], x[rows]);
        Assert.Equal([15, 19, 23, 3, 7, 11], Values(x[TensorIndex.Tensor(rows), .., 3]));
    }

    [Fact]
    public void Gradients_flow_through()
    {
        var w = ones([3, 3], requires_grad: true);
        w[1.., 0].sum().backward();
        Assert.Equal([0, 0, 0, 1, 0, 0, 1, 0, 0], w.grad!.data<float>().ToArray());
    }
}
