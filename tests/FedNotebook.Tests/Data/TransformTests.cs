using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class TransformTests
{
    [Fact]
    public void ToTensor_scales_bytes_and_puts_the_channel_first()
    {
        var image = transforms.ToTensor().call(tensor(new byte[,] { { 0, 51 }, { 255, 102 } }));

        Assert.Equal([1, 2, 2], image.shape);
        Assert.Equal([0f, 0.2f, 1f, 0.4f], image.data<float>().ToArray());
    }

    [Fact]
    public void ToTensor_brings_the_colours_of_a_picture_to_the_front()
    {
        var picture = arange(12, dtype: ScalarType.Byte).view(2, 2, 3);

        var image = transforms.ToTensor().call(picture);

        Assert.Equal([3, 2, 2], image.shape);
        Assert.Equal([0f, 3f, 6f, 9f], image[0].mul(255).round().flatten().data<float>().ToArray());
    }

    [Fact]
    public void ToTensor_keeps_the_values_of_pixels_that_are_no_bytes()
    {
        var image = transforms.ToTensor().call(tensor(new float[,] { { 7, 8 } }));

        Assert.Equal([7f, 8f], image.data<float>().ToArray());
    }

    [Fact]
    public void ToTensor_says_which_shape_is_no_image()
    {
        var error = Assert.Throws<ArgumentException>(() => transforms.ToTensor().call(zeros([5], dtype: ScalarType.Byte)));

        Assert.Contains("[5]", error.Message);
    }

    [Fact]
    public void Normalize_subtracts_the_mean_and_divides_by_the_deviation()
    {
        var image = transforms.Normalize(0.5, 0.25).call(tensor(new float[] { 0, 0.5f, 1 }).view(1, 1, 3));

        Assert.Equal([-2f, 0f, 2f], image.data<float>().ToArray());
    }

    [Fact]
    public void Normalize_takes_each_channel_by_itself()
    {
        var image = transforms.Normalize([1, 2], [1, 4]).call(full([2, 1, 1], 6, dtype: ScalarType.Float32));

        Assert.Equal([5f, 1f], image.data<float>().ToArray());
    }

    [Fact]
    public void Normalize_leaves_its_input_as_it_is()
    {
        var image = ones([1, 2, 2]);

        transforms.Normalize(1, 2).call(image);

        Assert.Equal(4f, image.sum().item<float>());
    }

    [Fact]
    public void Normalize_says_what_it_misses()
    {
        var bytes = zeros([1, 2, 2], dtype: ScalarType.Byte);
        var threeChannels = zeros([3, 2, 2]);

        Assert.Contains("ToTensor", Assert.Throws<ArgumentException>(() => transforms.Normalize(0.1, 0.3).call(bytes)).Message);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => transforms.Normalize([0.1, 0.2], [1, 1]).call(threeChannels)).Message);
    }

    [Theory]
    [InlineData(new[] { 0.1 }, new[] { 0.0 })]
    [InlineData(new[] { 0.1 }, new[] { -1.0 })]
    [InlineData(new[] { double.NaN }, new[] { 1.0 })]
    [InlineData(new[] { 0.1, 0.2 }, new[] { 1.0 })]
    [InlineData(new double[0], new double[0])]
    public void Normalize_refuses_numbers_that_make_no_sense(double[] mean, double[] std) =>
        Assert.Throws<ArgumentException>(() => transforms.Normalize(mean, std));

    [Fact]
    public void Compose_runs_the_steps_in_order_with_functions_among_them()
    {
        var both = transforms.Compose(transforms.Lambda(x => x + 1), transforms.Lambda(x => x * 2));

        Assert.Equal(8f, both.call(tensor(3f)).item<float>());
    }

    [Fact]
    public void Compose_of_nothing_changes_nothing() =>
        Assert.Equal(3f, transforms.Compose().call(tensor(3f)).item<float>());

    [Fact]
    public void Compose_names_a_step_that_is_null() =>
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => transforms.Compose(transforms.ToTensor(), null!)).Message);

    [Fact]
    public void A_step_that_gives_back_its_input_does_not_lose_it()
    {
        var kept = ones(2, 2);
        var steps = transforms.Compose(transforms.Lambda(_ => kept), transforms.Lambda(x => x), transforms.Lambda(x => x.unsqueeze(0)));

        var images = steps.CallBatch(zeros(3, 2, 2));

        Assert.Equal([3, 1, 2, 2], images.shape);
        Assert.Equal(12f, images.sum().item<float>());
        Assert.Equal(4f, kept.sum().item<float>());
    }

    [Fact]
    public void Many_images_at_once_get_what_each_would_get_alone()
    {
        var transform = transforms.Compose(
            transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081), transforms.Lambda(x => x.flip(2)), transforms.Normalize([0.5], [0.5]));
        var images = randint(0, 256, [7, 5, 4], dtype: ScalarType.Byte);

        var together = transform.CallBatch(images);

        Assert.Equal([7, 1, 5, 4], together.shape);
        for (var i = 0; i < 7; i++)
            Assert.True(together[i].allclose(transform.call(images[i])));
    }

    [Fact]
    public void A_function_may_change_what_it_is_given()
    {
        var dataset = sy.BaseDataset(ones(2, 3), ones(2), transforms.Lambda(x => x.mul_(2)));

        Assert.Equal([2f, 2, 2], Some.Floats(dataset[0].data));
        Assert.Equal([2f, 2, 2], Some.Floats(dataset[0].data));
        Assert.Equal([1f, 1, 1, 1, 1, 1], Some.Floats(dataset.data));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void Pad_says_what_bytes_cannot_hold(double fill)
    {
        Assert.Contains("whole numbers from 0 to 255", Assert.Throws<ArgumentException>(() => transforms.Pad(1, fill).call(zeros(2, 2, dtype: ScalarType.Byte))).Message);
        Assert.Equal([1L, 4, 4], transforms.Pad(1, fill).call(zeros(1, 2, 2)).shape);
    }

    [Fact]
    public void No_image_is_an_error_that_says_so()
    {
        Transform[] all = [transforms.ToTensor(), transforms.Normalize(0, 1), transforms.Resize(2), transforms.CenterCrop(2), transforms.Pad(1), transforms.Grayscale(), transforms.RandomHorizontalFlip()];

        Assert.All(all, transform => Assert.Throws<ArgumentNullException>(() => transform.call(null!)));
    }
}
