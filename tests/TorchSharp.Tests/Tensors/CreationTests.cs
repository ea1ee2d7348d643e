using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public class CreationTests
{
    [Fact]
    public void An_array_keeps_its_type_and_shape()
    {
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal([2, 3], tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([1, 2, 1, 1], tensor(new float[1, 2, 1, 1]).shape);
        Assert.Equal([2, 2], tensor(new List<long> { 1, 2, 3, 4 }, 2, 2).shape);
        Assert.Equal(6, tensor(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } })[1, 2].item<double>());
    }

    [Fact]
    public void A_type_that_is_asked_for_is_given()
    {
        var x = tensor(new[] { 1, 2 }, dtype: ScalarType.Float32, requires_grad: true);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.True(x.requires_grad);
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void The_array_is_copied_by_tensor_and_shared_by_as_tensor()
    {
        float[] array = [1, 2];
        var copy = tensor(array);
        var shared = as_tensor(array);
        array[0] = 9;
        Assert.Equal(1, copy[0].item<float>());
        Assert.Equal(9, shared[0].item<float>());
        shared[1] = 5f;
        Assert.Equal(5, array[1]);
    }

    [Fact]
    public void A_shared_array_outlives_its_variable()
    {
        var shared = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(1000, shared.sum().item<float>());

        static Tensor Make() => as_tensor(Enumerable.Repeat(1f, 1000).ToArray());
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(5);
        var first = rand(3);
        manual_seed(5);
        Assert.Equal(first, rand(3));
        using var own = new Generator(5);
        Assert.Equal(first, rand(3, generator: own));
    }

    [Fact]
    public void Whole_numbers_are_random_whole_numbers()
    {
        Assert.Equal(ScalarType.Int64, randint(10, [4L]).dtype);
        Assert.Equal(ScalarType.Int64, randperm(4).dtype);
        Assert.Equal([0, 1, 2, 3], randperm(4).sort().Values.data<long>().ToArray());
    }

    [Fact]
    public void The_default_type_can_be_set()
    {
        try
        {
            set_default_dtype(ScalarType.Float64);
            Assert.Equal(ScalarType.Float64, zeros(2).dtype);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void A_tensor_without_elements_is_a_tensor()
    {
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
        Assert.Empty(zeros(0, 3).data<float>().ToArray());
        Assert.Equal(0, zeros(0).sum().item<float>());
    }

    [Fact]
    public void Numbers_become_tensors_and_back()
    {
        Tensor x = 3.5f;
        Assert.Equal(3.5f, (float)x);
        Assert.Equal(3, (int)x);
        Assert.Equal(ScalarType.Float64, ((Tensor)(Scalar)2.5).dtype);
        Assert.Equal(2.5, x.sub(1).ToDouble());
    }

    [Fact]
    public void Data_is_read_in_the_order_of_the_shape()
    {
        var x = arange(6).reshape(2, 3).t();
        Assert.Equal([0, 3, 1, 4, 2, 5], x.data<long>().ToArray());
        Assert.Equal(5, x.data<long>()[2, 1]);
        Assert.Equal(4, ((long[,])x.data<long>().ToNDArray())[1, 1]);
        x.data<long>()[0, 1] = 30;
        Assert.Equal(30, x[0, 1].item<long>());
    }
}
