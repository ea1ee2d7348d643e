using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

/// <summary>Transforms that draw: the image turned, cut, with a hole, in other colors.</summary>
[Collection(nameof(TorchsRandomNumbers))]
public class AugmentationTests
{
    [Fact]
    public void RandomRotation_turns_against_the_clock()
    {
        var bytes = arange(27).to(ScalarType.Byte).view(3, 3, 3);
        var floats = rand(3, 5, 5);

        Assert.Equal(bytes.rot90(1, (0, 1)), transforms.RandomRotation((90, 90)).call(bytes));
        Assert.Equal(floats.rot90(1, (1, 2)), transforms.RandomRotation((90, 90)).call(floats));
        Assert.Equal(floats[0].rot90(-1, (0, 1)), transforms.RandomRotation((-90, -90)).call(floats[0]));
        Assert.Equal(arange(12).flip(0).view(3, 4), transforms.RandomRotation((180, 180)).call(arange(12).view(3, 4)));
        Assert.Equal(bytes, transforms.RandomRotation(0).call(bytes));
    }

    [Fact]
    public void RandomRotation_keeps_proportions_and_fills_what_comes_from_outside()
    {
        var image = zeros(9, 21, dtype: ScalarType.Byte);
        image[4, TensorIndex.Colon] = tensor((byte)1); // a line from left to right

        var turned = transforms.RandomRotation((90, 90), fill: 7).call(image);

        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 1], turned[TensorIndex.Colon, 10].data<byte>().ToArray());
        Assert.Equal(7, turned[0, 0].item<byte>());
        Assert.Equal(0, turned[4, 8].item<byte>());
        Assert.Equal(7, transforms.RandomRotation((45, 45), fill: 7).call(ones(1, 9, 9))[0, 0, 0].item<float>());
    }

    [Fact]
    public void RandomRotation_takes_angles_of_both_signs()
    {
        var image = zeros(1, 41, 41);
        image[0, 20, 40] = tensor(1f);
        manual_seed(1);
        var heights = Enumerable.Range(0, 200).Select(_ => transforms.RandomRotation(30).call(image).nonzero()).Where(found => found.shape[0] > 0).Select(found => found[0, 1].item<long>() - 20).ToList();

        Assert.InRange(heights.Max(), 7, 10); // sin 30° of 20
        Assert.InRange(heights.Min(), -10, -7);
        Assert.InRange(heights.Average(), -2, 2);
    }

    [Fact]
    public void RandomResizedCrop_takes_a_part_of_the_wanted_size()
    {
        var image = rand(3, 8, 8);
        Assert.Equal(image, transforms.RandomResizedCrop(8, scale: (1, 1), ratio: (1, 1)).call(image));
        Assert.Equal(transforms.Resize(4).call(image), transforms.RandomResizedCrop(4, scale: (1, 1), ratio: (1, 1)).call(image));

        manual_seed(1);
        var ramp = arange(100).to(ScalarType.Float32).expand(100, 100).unsqueeze(0);
        for (var i = 0; i < 50; i++)
        {
            var part = transforms.RandomResizedCrop(10, scale: (0.25, 0.25), ratio: (1, 1)).call(ramp);
            Assert.Equal([1, 10, 10], part.shape);
            Assert.Equal(35f, (part[0, 5, 8] - part[0, 5, 1]).item<float>(), 0.01); // 50 columns, ten pixels 5 apart
        }
    }

    [Fact]
    public void RandomResizedCrop_of_an_image_too_long_takes_the_middle()
    {
        var image = rand(1, 4, 41);
        Assert.Equal(image.narrow(2, 18, 4), transforms.RandomResizedCrop(4, scale: (1, 1), ratio: (1, 1)).call(image));
        Assert.Equal([2, 2, 3], transforms.RandomResizedCrop(2).call(randint(0, 256, [9, 5, 3], dtype: uint8)).shape);
    }

    [Fact]
    public void RandomErasing_takes_one_rectangle_out()
    {
        manual_seed(1);
        var image = ones(3, 20, 30);
        for (var i = 0; i < 50; i++)
        {
            var erased = transforms.RandomErasing(1, value: 5).call(image);
            var holes = (erased[0] == 5).nonzero();
            var (height, width) = (holes.select(1, 0).max() - holes.select(1, 0).min() + 1, holes.select(1, 1).max() - holes.select(1, 1).min() + 1);
            Assert.Equal(holes.shape[0], (height * width).item<long>());
            Assert.InRange(holes.shape[0], 0.01 * 600, 0.37 * 600);
            Assert.Equal(600 * 3, (erased == 1).sum().item<long>() + (3 * holes.shape[0]));
        }

        Assert.Equal(1800f, image.sum().item<float>());
        Assert.Same(image, transforms.RandomErasing(0).call(image));
    }

    [Fact]
    public void ColorJitter_changes_one_thing_at_a_time()
    {
        var image = (rand(3, 6, 6) * 0.4) + 0.3;
        var gray = transforms.Grayscale();

        var brighter = transforms.ColorJitter(brightness: 0.2).call(image) / image;
        Assert.Equal(0, (brighter - brighter.mean()).abs().max().item<float>(), 1e-5);
        Assert.InRange(brighter.mean().item<float>(), 0.8, 1.2);
        Assert.Equal(gray.call(image).mean().item<float>(), gray.call(transforms.ColorJitter(contrast: 0.3).call(image)).mean().item<float>(), 1e-5);
        Assert.Equal(0, (gray.call(image) - gray.call(transforms.ColorJitter(saturation: 0.3).call(image))).abs().max().item<float>(), 1e-5);
        Assert.Equal(image, transforms.ColorJitter().call(image));
        Assert.Equal([1, 6, 6], transforms.ColorJitter(0.1, 0.1, 0.1, 0.1).call(rand(1, 6, 6)).shape);
        var bytes = transforms.ColorJitter(0.4, 0.4, 0.4, 0.1).call(randint(0, 256, [5, 7, 3], dtype: uint8));
        Assert.Equal((ScalarType.Byte, 5, 7, 3), (bytes.dtype, bytes.shape[0], bytes.shape[1], bytes.shape[2]));
    }

    [Fact]
    public void ColorJitter_turns_hues_and_keeps_light_and_saturation()
    {
        var image = rand(3, 4, 4);
        manual_seed(3);
        var turned = transforms.ColorJitter(hue: 0.5).call(image);
        manual_seed(3);
        randperm(4);
        var by = rand(1, dtype: ScalarType.Float64).item<double>() - 0.5;

        for (var pixel = 0; pixel < 16; pixel++)
        {
            var (hue, saturation, value) = Hsv(Pixel(image, pixel));
            var (newHue, newSaturation, newValue) = Hsv(Pixel(turned, pixel));
            var missed = Math.Abs(newHue - hue - by) % 1;
            Assert.Equal(0, Math.Min(missed, 1 - missed), 1e-4);
            Assert.Equal((double)saturation, newSaturation, 1e-4);
            Assert.Equal((double)value, newValue, 1e-4);
        }
    }

    [Fact]
    public void They_repeat_with_torchs_seed_for_one_image_and_for_many()
    {
        var all = transforms.Compose(transforms.RandomRotation(20), transforms.RandomResizedCrop(6), transforms.ColorJitter(0.2, 0.2, 0.2, 0.1), transforms.RandomErasing());
        var images = rand(4, 3, 8, 8);

        manual_seed(5);
        var many = all.CallBatch(images);
        manual_seed(5);
        Assert.Equal(many, all.CallBatch(images));
        foreach (var one in new[] { transforms.RandomRotation(20), transforms.RandomResizedCrop(6), transforms.ColorJitter(0.2, 0.2, 0.2, 0.1), transforms.RandomErasing() })
        {
            manual_seed(5);
            many = one.CallBatch(images);
            manual_seed(5);
            for (var i = 0; i < 4; i++) Assert.Equal(many[i], one.call(images[i]));
        }

        Assert.Equal(
            "Compose(RandomRotation(degrees=[-20, 20], fill=0), RandomResizedCrop((6, 6), scale=(0.08, 1), ratio=(0.75, 1.3333)), "
            + "ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2, hue=0.1), RandomErasing(p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0))",
            all.ToString());
    }

    [Fact]
    public void Settings_and_images_that_make_no_sense_are_errors()
    {
        Assert.Throws<ArgumentException>(() => transforms.RandomRotation(-1));
        Assert.Throws<ArgumentException>(() => transforms.RandomRotation((2, 1)));
        Assert.Throws<ArgumentException>(() => transforms.RandomRotation(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.RandomResizedCrop(0));
        Assert.Throws<ArgumentException>(() => transforms.RandomResizedCrop(2, scale: (0, 1)));
        Assert.Throws<ArgumentException>(() => transforms.RandomErasing(ratio: (2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.RandomErasing(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.ColorJitter(brightness: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => transforms.ColorJitter(hue: 0.6));
        Assert.Throws<ArgumentException>(() => transforms.RandomRotation(5, fill: -1).call(zeros(2, 2, dtype: ScalarType.Byte)));
        Assert.Throws<ArgumentException>(() => transforms.ColorJitter(0.1).call(rand(2, 4, 4)));
        Assert.Contains("RandomErasing takes one image", Assert.Throws<ArgumentException>(() => transforms.RandomErasing().call(rand(2))).Message);
    }

    private static float[] Pixel(Tensor image, int pixel) => Some.Floats(image.reshape(3, -1).select(1, pixel).contiguous());

    private static (float hue, float saturation, float value) Hsv(float[] color)
    {
        var (value, range) = (color.Max(), color.Max() - color.Min());
        var hue = value == color[0] ? (color[1] - color[2]) / range : value == color[1] ? 2 + ((color[2] - color[0]) / range) : 4 + ((color[0] - color[1]) / range);
        return (hue / 6, range / value, value);
    }
}
