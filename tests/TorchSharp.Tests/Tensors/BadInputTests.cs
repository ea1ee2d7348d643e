using System.Runtime.InteropServices;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Tensors;

/// <summary>A mistake ends in an exception whose first line says what is wrong, with none of libtorch's inside.</summary>
public class BadInputTests
{
    [Fact]
    public void Shapes_that_do_not_fit_are_named() => Refuses<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)), "2x3 and 2x3");

    [Fact]
    public void Shapes_that_do_not_broadcast_are_named() => Refuses<ExternalException>(() => ones(3) + ones(4), "(3)", "(4)");

    [Fact]
    public void A_wrong_type_of_element_is_named() => Refuses<ExternalException>(() => ones(2, 2).matmul(ones([2, 2], ScalarType.Int64)), "Float", "Long");

    [Fact]
    public void An_index_outside_is_named() => Refuses<ExternalException>(() => ones(3)[5], "index 5 out of range", "size [3]");

    [Fact]
    public void Too_many_indices_are_counted() => Refuses<ArgumentException>(() => ones(3)[0, TensorIndex.Colon], "1 dimension", "2 were indexed");

    [Fact]
    public void A_class_outside_is_refused() => Refuses<ExternalException>(() => F.nll_loss(zeros(2, 3), tensor(new long[] { 1, 7 })), "Target 7 is out of bounds");

    [Fact]
    public void Item_of_many_elements_says_how_many() => Refuses<ArgumentException>(() => ones(2, 3).item<float>(), "6", "[2, 3]");

    [Fact]
    public void Item_of_another_type_names_both() => Refuses<ArgumentException>(() => ones(1).item<double>(), "Float32", "Float64");

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var x = ones(3);
        x.Dispose();
        Refuses<InvalidOperationException>(() => x + 1, "disposed");
        Refuses<InvalidOperationException>(() => cat([ones(3), x]), "disposed");
        Assert.Equal("a disposed tensor", x.ToString());
    }

    [Fact]
    public void A_disposed_tensor_can_be_disposed_again()
    {
        var x = ones(3);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void Backward_of_many_elements_is_refused() =>
        Refuses<ExternalException>(() => ones([2], requires_grad: true).mul(2).backward(), "grad can be implicitly created only for scalar outputs");

    [Fact]
    public void Backward_twice_is_refused()
    {
        var loss = ones([2], requires_grad: true).pow(2).sum();
        loss.backward();
        Refuses<ExternalException>(() => loss.backward(), "second time");
    }

    [Fact]
    public void Whole_numbers_have_no_gradient() => Refuses<ExternalException>(() => ones([2], ScalarType.Int64, requires_grad: true), "floating point");

    [Fact]
    public void Changing_a_leaf_in_place_is_refused() => Refuses<ExternalException>(() => ones([2], requires_grad: true).add_(1), "leaf Variable");

    [Fact]
    public void There_is_no_cuda() => Refuses<NotSupportedException>(() => ones(2).cuda(), "CPU only");

    [Fact]
    public void A_device_that_does_not_exist_lists_those_that_do() => Refuses<ArgumentException>(() => device("gpu"), "'gpu'", "cuda");

    [Fact]
    public void A_shape_that_does_not_hold_the_values_is_refused() => Refuses<ArgumentException>(() => tensor(new[] { 1f, 2f, 3f }, 2, 2), "3 values", "[2, 2]");

    [Fact]
    public void A_tensor_too_big_for_memory_is_refused() => Refuses<ExternalException>(() => empty(1L << 60), "memory");

    [Fact]
    public void A_negative_size_is_refused() => Refuses<ExternalException>(() => zeros(-3), "negative dimension");

    [Fact]
    public void A_step_backwards_is_refused() => Refuses<ArgumentException>(() => TensorIndex.Slice(0, 3, -1), "step");

    [Fact]
    public void Names_that_do_not_fit_the_dimensions_are_refused()
    {
        Refuses<ExternalException>(() => zeros(3, names: ["N", "C"]), "names");
        Refuses<ArgumentException>(() => zeros(3, names: ["1N"]), "'1N' cannot be one");
        Refuses<ExternalException>(() => zeros(3, 4, names: ["N", "C"]).flatten(["C", "N"], "all"), "consecutive");
    }

    [Fact]
    public void A_convolution_over_wrong_channels_says_so() => Refuses<ExternalException>(() => nn.Conv2d(3, 8, 3).call(ones(1, 1, 8, 8)), "to have 3 channels");

    [Fact]
    public void Null_is_refused_where_a_tensor_is_needed() => Refuses<ExternalException>(() => ones(2).add((Tensor)null!), "other", "Tensor");

    private static void Refuses<T>(Func<object?> action, params string[] said) where T : Exception => Refuses<T>(() => { action(); }, said);

    private static void Refuses<T>(Action action, params string[] said) where T : Exception
    {
        var error = Assert.ThrowsAny<T>(action);
        foreach (var part in said) Assert.Contains(part, error.Message.Split('\n')[0]);
        Assert.DoesNotContain("INTERNAL ASSERT", error.Message);
        Assert.DoesNotContain("Exception raised from", error.Message);
        Assert.DoesNotContain("frame #", error.Message);
        Assert.DoesNotContain(".cpp", error.Message);
    }
}
