using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Operators;

/// <summary>Floats are pooled by a kernel of our own, doubles by libtorch's: both must come to the same.</summary>
public class MaxPoolingTests
{
    public static TheoryData<long[], long[], long[], long[]> Windows()
    {
        var cases = new TheoryData<long[], long[], long[], long[]>
        {
            { [64, 20, 24, 24], [2, 2], [2, 2], [0, 0] },
            { [64, 50, 8, 8], [2, 2], [2, 2], [0, 0] },
            { [8, 12, 12], [2, 3], [3, 1], [1, 0] },
        };
        foreach (var kernel in new long[] { 1, 2, 3, 5 })
            foreach (var stride in new long[] { 1, 2, 3 })
                foreach (var padding in new[] { 0, kernel / 2 })
                    foreach (var (height, width) in new (long, long)[] { (5, 5), (6, 9), (7, 30), (29, 6) })
                        cases.Add([2, 3, height, width], [kernel, kernel], [stride, stride], [padding, padding]);
        return cases;
    }

    [Theory, MemberData(nameof(Windows))]
    public void Floats_give_what_doubles_give_values_indices_and_gradients(long[] shape, long[] kernel, long[] stride, long[] padding)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // Few different values: many windows have their largest more than once.
        var x = randint(-2, 3, shape, dtype: float32);
        x.view(-1)[2..5] = double.NaN;
        x.view(-1)[20..40] = double.NegativeInfinity;
        Same(x, kernel, stride, padding);
        Same(randn(shape), kernel, stride, padding);
        Same(full(shape, double.NegativeInfinity), kernel, stride, padding);
    }

    private static void Same(Tensor input, long[] kernel, long[] stride, long[] padding)
    {
        var (floats, doubles) = (input.clone().requires_grad_(), input.to(float64).requires_grad_());
        var (values, indices) = F.max_pool2d_with_indices(floats, kernel, stride, padding);
        var (expected, expectedIndices) = F.max_pool2d_with_indices(doubles, kernel, stride, padding);
        Assert.Equal(expected.shape, values.shape);
        Assert.True(values.to(float64).allclose(expected, 0, 0, equal_nan: true));
        Assert.True(indices.equal(expectedIndices).all().ToBoolean());
        Assert.True(values.is_contiguous() && indices.is_contiguous());

        var weights = rand_like(values);
        (values * weights).nansum().backward();
        (expected * weights.to(float64)).nansum().backward();
        Assert.True(floats.grad!.to(float64).allclose(doubles.grad!, 1e-5, 1e-6, equal_nan: true));
    }

    [Fact]
    public void What_is_not_plain_goes_libtorchs_way_with_the_same_result()
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 8, 9, 9);
        foreach (var other in new[] { x.transpose(2, 3), x[.., .., 1.., ..], x.contiguous() })
        {
            Assert.True(F.max_pool2d(other, [3, 3], [2, 2], [1, 1], [2, 2]).to(float64).equal(F.max_pool2d(other.to(float64), [3, 3], [2, 2], [1, 1], [2, 2])).all().ToBoolean());
            Assert.True(F.max_pool2d(other, [2, 2], [2, 2], ceil_mode: true).to(float64).equal(F.max_pool2d(other.to(float64), [2, 2], [2, 2], ceil_mode: true)).all().ToBoolean());
        }

        Assert.Equal([0, 8, 4, 4], F.max_pool2d(zeros(0, 8, 9, 9), 2).shape);
        Assert.Equal([8, 4, 4], F.max_pool2d(x[0], 2).shape);
    }
}
