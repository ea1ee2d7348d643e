using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Resize against the numbers of PyTorch's interpolate(mode="bilinear", antialias=True); the rest against torchvision's rules.</summary>
public class ImageTransformTests
{
    private static readonly Tensor Image = tensor(Enumerable.Range(0, 70).Select(i => (float)(i * i * 7 % 23)).ToArray()).view(2, 5, 7);

    [Fact]
    public void Resize_is_bilinear_with_antialias_when_smaller()
    {
        float[] expected = [16.2585f, 10.7714f, 11.9543f, 12.5578f, 17.2540f, 15.1200f, 14.3022f, 12.4392f, 16.6803f, 17.3257f, 10.4914f, 8.8912f];
        var actual = Some.Floats(transforms.Resize(3, 4).call(Image)[1].reshape(-1));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-4f);
    }

    [Fact]
    public void Resize_is_bilinear_when_larger()
    {
        float[] expected = [19.0000f, 13.0000f, 12.2222f, 14.1111f, 11.0000f, 18.7778f, 21.5556f, 19.3333f, 14.0000f, 19.7500f, 16.7500f, 11.8056f, 7.6111f, 8.0000f, 5.8611f, 8.3056f, 9.5833f, 7.2500f, 18.2500f, 18.5833f, 14.9722f, 11.4722f, 15.7500f, 13.0278f, 10.6296f, 9.8333f, 10.8333f, 14.0833f, 17.7500f, 18.0278f, 16.2870f, 17.0000f, 18.1667f, 14.3333f, 13.1667f, 17.5000f, 13.0000f, 16.1667f, 18.4167f, 17.5833f, 11.7500f, 12.3333f, 11.1111f, 11.9167f, 15.7500f, 22.0000f, 16.6667f, 16.6667f, 19.3333f, 17.0000f, 7.6667f, 6.1111f, 4.6667f, 0.0000f];
        var actual = Some.Floats(transforms.Resize(6, 9).call(Image)[1].reshape(-1));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-4f);
    }

    [Theory]
    [InlineData(10, 20, 5, 5, 10)]
    [InlineData(20, 10, 5, 10, 5)]
    [InlineData(10, 25, 3, 3, 7)]
    public void Resize_to_one_number_keeps_the_proportion(int height, int width, int size, int newHeight, int newWidth)
    {
        Assert.Equal([3, newHeight, newWidth], transforms.Resize(size).call(rand(3, height, width)).shape);
        Assert.Equal([newHeight, newWidth, 3], transforms.Resize(size).call(ones(height, width, 3, dtype: uint8)).shape);
        Assert.Equal([newHeight, newWidth], transforms.Resize(size).call(ones(height, width, dtype: uint8)).shape);
    }

    [Fact]
    public void Resize_of_bytes_gives_rounded_bytes()
    {
        var bytes = tensor(new byte[] { 0, 255, 0, 255 }).view(2, 2);
        var wide = transforms.Resize(2, 4).call(bytes);
        Assert.Equal(uint8, wide.dtype);
        Assert.Equal([0, 64, 191, 255, 0, 64, 191, 255], wide.data<byte>().ToArray());
    }

    [Fact]
    public void CenterCrop_takes_the_middle_and_fills_with_zeros()
    {
        var image = arange(20).view(4, 5).to(float32);
        Assert.Equal([7f, 8, 12, 13], Some.Floats(transforms.CenterCrop(2).call(image).contiguous()));
        var padded = transforms.CenterCrop(6, 3).call(image);
        Assert.Equal([0f, 0, 0, 1, 2, 3, 6, 7, 8, 11, 12, 13, 16, 17, 18, 0, 0, 0], Some.Floats(padded.contiguous()));
    }

    [Fact]
    public void RandomCrop_takes_every_place()
    {
        var image = arange(9).view(3, 3).to(float32);
        var corners = Enumerable.Range(0, 200).Select(_ => (int)transforms.RandomCrop(2).call(image)[0, 0].item<float>()).Distinct().Order();
        Assert.Equal([0, 1, 3, 4], corners);
        Assert.Equal([1, 7, 7], transforms.RandomCrop(7, padding: 2).call(ones(1, 3, 3)).shape);
        Assert.Equal([0f], Some.Floats(transforms.RandomCrop(7, padding: 2).call(ones(1, 3, 3))[0, 0, 0].reshape(1)));
        Assert.Contains("out of an image of 3 x 3", Assert.Throws<ArgumentException>(() => transforms.RandomCrop(4).call(image)).Message);
    }

    [Fact]
    public void RandomHorizontalFlip_mirrors_as_often_as_asked()
    {
        var image = arange(6).view(1, 2, 3).to(float32);
        Assert.Equal([2f, 1, 0, 5, 4, 3], Some.Floats(transforms.RandomHorizontalFlip(1).call(image)));
        Assert.Equal(Some.Floats(image), Some.Floats(transforms.RandomHorizontalFlip(0).call(image)));
        var flipped = transforms.RandomHorizontalFlip().CallBatch(image.expand(1000, 1, 2, 3))[TensorIndex.Ellipsis, 0, 0].sum().item<float>() / 2;
        Assert.InRange(flipped, 400, 600);
        var color = arange(12).view(2, 2, 3).to(uint8); // height x width x channels
        Assert.Equal([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8], transforms.RandomHorizontalFlip(1).call(color).contiguous().data<byte>().ToArray());
    }

    [Fact]
    public void RandomVerticalFlip_turns_the_image_upside_down()
    {
        var image = arange(6).view(1, 2, 3).to(float32);
        Assert.Equal([3f, 4, 5, 0, 1, 2], Some.Floats(transforms.RandomVerticalFlip(1).call(image)));
        Assert.Equal(Some.Floats(image), Some.Floats(transforms.RandomVerticalFlip(0).call(image)));
        var color = arange(12).view(2, 2, 3).to(uint8); // height x width x channels
        Assert.Equal([6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5], transforms.RandomVerticalFlip(1).call(color).contiguous().data<byte>().ToArray());
        Assert.Equal("RandomVerticalFlip(p=0.5)", transforms.RandomVerticalFlip().ToString());
    }

    [Fact]
    public void Pad_puts_pixels_around()
    {
        Assert.Equal([7f, 7, 7, 7, 7, 7, 0, 1, 2, 7, 7, 7, 7, 7, 7], Some.Floats(transforms.Pad(1, fill: 7).call(arange(3).view(1, 3).to(float32))));
        Assert.Equal([4, 5, 3], transforms.Pad(1).call(ones(2, 3, 3, dtype: uint8)).shape);
        Assert.Equal([3, 6, 7], transforms.Pad(2).call(ones(3, 2, 3)).shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.Pad(-1));
    }

    [Fact]
    public void RandomCrop_may_cut_a_rectangle() =>
        Assert.Equal([3, 2, 5], transforms.RandomCrop(2, 5, padding: 1).call(ones(3, 4, 4)).shape);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(3, 11)]
    [InlineData(5, 5)]
    public void Odd_sizes_follow_torchvisions_formulas(int height, int width)
    {
        var image = rand(2, height, width);
        foreach (var (h, w) in new[] { (1, 1), (2, 3), (4, 4), (9, 2), (12, 12) })
        {
            // CenterCrop: zeros where the image is smaller, floor to the left and top; then the crop, rounded half to even.
            var (top, left) = (Math.Max(0, h - height) / 2, Math.Max(0, w - width) / 2);
            var (tall, wide) = (Math.Max(height, h), Math.Max(width, w));
            var canvas = zeros(2, tall, wide);
            canvas.narrow(1, top, height).narrow(2, left, width).copy_(image);
            var expected = canvas.narrow(1, (long)Math.Round((tall - h) / 2.0), h).narrow(2, (long)Math.Round((wide - w) / 2.0), w);
            Assert.True(expected.eq(transforms.CenterCrop(h, w).call(image)).all().item<bool>());

            // Resize: a constant image stays constant, and the mean of a ramp stays in the middle.
            Assert.True(transforms.Resize(h, w).call(full(2, height, width, 0.25f)).allclose(full(2, h, w, 0.25f)));
            var ramp = arange(width, dtype: float32).expand(height, width);
            Assert.Equal((width - 1) / 2f, transforms.Resize(h, w).call(ramp).mean().item<float>(), 1e-4f);
        }
    }

    [Fact]
    public void ToTensor_and_Normalize_are_their_formulas()
    {
        var bytes = randint(0, 256, [5, 4, 3], dtype: uint8);
        var image = transforms.Compose(transforms.ToTensor(), transforms.Normalize([0.1, 0.2, 0.3], [0.5, 0.25, 2])).call(bytes);
        var (means, deviations, pixels, numbers) = (new[] { 0.1, 0.2, 0.3 }, new[] { 0.5, 0.25, 2 }, bytes.data<byte>().ToArray(), Some.Floats(image));
        for (var c = 0; c < 3; c++)
            for (var y = 0; y < 5; y++)
                for (var x = 0; x < 4; x++)
                    Assert.Equal(((pixels[(((y * 4) + x) * 3) + c] / 255.0) - means[c]) / deviations[c], numbers[(((c * 5) + y) * 4) + x], 1e-5);
    }

    [Fact]
    public void Grayscale_weighs_the_colors()
    {
        var color = stack([full(2, 2, 1.0f), full(2, 2, 0.5f), full(2, 2, 0.25f)]);
        var gray = transforms.Grayscale().call(color);
        Assert.Equal([1, 2, 2], gray.shape);
        Assert.Equal(0.299 + (0.587 / 2) + (0.114 / 4), gray[0, 0, 0].item<float>(), 1e-6);
        Assert.Equal([3, 2, 2], transforms.Grayscale(3).call(color).shape);
        Assert.Equal([4, 5, 1], transforms.Grayscale().call(ones(4, 5, 3, dtype: uint8)).shape);
        Assert.Equal([4, 5, 3], transforms.Grayscale(3).call(ones(4, 5, dtype: uint8)).shape);
        Assert.Equal((byte)76, transforms.Grayscale().call(tensor(new byte[] { 255, 0, 0 }).view(1, 1, 3))[0, 0, 0].item<byte>());
    }

    [Fact]
    public void They_compose_before_and_after_ToTensor()
    {
        var bytes = randint(0, 256, [4, 28, 28], dtype: uint8);
        var before = transforms.Compose(transforms.Resize(14), transforms.CenterCrop(12), transforms.ToTensor()).CallBatch(bytes);
        var after = transforms.Compose(transforms.ToTensor(), transforms.Resize(14), transforms.CenterCrop(12)).CallBatch(bytes);
        Assert.Equal([4, 1, 12, 12], before.shape);
        Assert.True((before - after).abs().max().item<float>() < 0.003); // half a step of 1/255
    }

    [Fact]
    public void Settings_and_tensors_that_make_no_sense_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.Resize(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.CenterCrop(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.RandomCrop(3, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.RandomHorizontalFlip(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.Grayscale(2));
        Assert.Contains("Resize takes one image", Assert.Throws<ArgumentException>(() => transforms.Resize(3).call(rand(4))).Message);
        Assert.Throws<ArgumentException>(() => transforms.Grayscale().call(rand(4, 2, 2)));
    }
}
