using static TorchSharp.torch;

namespace FedNotebook.Tests.Workers;

/// <summary>Expected texts are what PyTorch 1.13 prints.</summary>
public class TensorTextTests
{
    [Fact]
    public void Whole_numbers_print_as_such()
    {
        Assert.Equal("tensor([1, 2, 3])", TensorText.Of(tensor(new[] { 1L, 2, 3 })));
        Assert.Equal("tensor([  1, -20, 300])", TensorText.Of(tensor(new[] { 1L, -20, 300 })));
        Assert.Equal("tensor(5)", TensorText.Of(tensor(5L)));
        Assert.Equal("tensor([True, False])".Replace("True,", " True,"), TensorText.Of(tensor(new[] { true, false })));
    }

    [Fact]
    public void Floats_print_with_four_digits_or_as_whole_numbers()
    {
        Assert.Equal("tensor([1., 2.])", TensorText.Of(tensor(new[] { 1f, 2f })));
        Assert.Equal("tensor([0.5000, 2.0000])", TensorText.Of(tensor(new[] { 0.5f, 2f })));
        Assert.Equal("tensor([1.0000e-05, 1.0000e+00])", TensorText.Of(tensor(new[] { 1e-5f, 1f })));
        Assert.Equal("tensor([nan, inf, 1.])", TensorText.Of(tensor(new[] { float.NaN, float.PositiveInfinity, 1f })));
    }

    [Fact]
    public void Half_numbers_of_both_kinds_print_their_fractions()
    {
        Assert.Equal("tensor([0.5000, 2.0000], dtype=torch.float16)", TensorText.Of(tensor(new[] { 0.5f, 2f }).to(ScalarType.Float16)));
        Assert.Equal("tensor([0.5000, 2.0000], dtype=torch.bfloat16)", TensorText.Of(tensor(new[] { 0.5f, 2f }).to(ScalarType.BFloat16)));
    }

    [Fact]
    public void Rows_stand_below_one_another() =>
        Assert.Equal("tensor([[1., 2.],\n        [3., 4.]])", TensorText.Of(tensor(new[,] { { 1f, 2f }, { 3f, 4f } })));

    [Fact]
    public void Large_tensors_are_elided() =>
        Assert.Equal("tensor([   0,    1,    2,  ..., 1997, 1998, 1999])", TensorText.Of(arange(2000)));

    [Fact]
    public void Rows_that_are_too_long_are_broken_and_blocks_are_kept_apart()
    {
        Assert.Equal(
            "tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 9.9700e+02, 9.9800e+02,\n         9.9900e+02],\n"
            + "        [1.0000e+03, 1.0010e+03, 1.0020e+03,  ..., 1.9970e+03, 1.9980e+03,\n         1.9990e+03]])",
            TensorText.Of(arange(2000f).view(2, 1000)));
        Assert.Equal("tensor([[[0., 1.],\n         [2., 3.]],\n\n        [[4., 5.],\n         [6., 7.]]])", TensorText.Of(arange(8f).view(2, 2, 2)));
        Assert.Equal("tensor([], size=(2, 0))", TensorText.Of(zeros(2, 0)));
    }

    [Fact]
    public void The_gradient_flag_and_the_type_are_named()
    {
        Assert.Equal("tensor([1.], requires_grad=True)", TensorText.Of(tensor(new[] { 1f }, requires_grad: true)));
        Assert.Equal("tensor([1.], dtype=torch.float64)", TensorText.Of(tensor(new[] { 1.0 })));
        Assert.Equal("tensor([])", TensorText.Of(empty(0)));
    }
}
