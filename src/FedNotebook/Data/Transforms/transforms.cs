using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Changes made to images before a model sees them, under torchvision's names.</summary>
public static class transforms
{
    /// <summary>Several transforms, one after another.</summary>
    /// <param name="transforms">The steps, the first one first. A function of one's own comes in as <see cref="Lambda"/>.</param>
    /// <returns>One transform that runs them all.</returns>
    /// <exception cref="ArgumentException">A step is null.</exception>
    public static Transform Compose(params IEnumerable<Transform> transforms) => new Compose(transforms);

    /// <summary>
    /// Pixels to numbers: bytes as height x width (x channels), 0 to 255, become 32-bit floats as channels x height x width, 0 to 1.
    /// Pixels that are not bytes keep their type and their values.
    /// </summary>
    /// <returns>The transform. It throws an <see cref="ArgumentException"/> for a tensor that is no image.</returns>
    public static Transform ToTensor() => new ToTensor();

    /// <summary>Subtracts one mean from all channels and divides them by one standard deviation.</summary>
    /// <param name="mean">The mean, in the unit of the pixels after the step before.</param>
    /// <param name="std">The standard deviation, above 0.</param>
    /// <returns>The transform. It throws an <see cref="ArgumentException"/> for images that are not floating-point.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or the deviation is not above 0.</exception>
    public static Transform Normalize(double mean, double std) => new Normalize([mean], [std]);

    /// <summary>Subtracts a mean from each channel and divides it by a standard deviation.</summary>
    /// <param name="mean">The means: one a channel, or one for all.</param>
    /// <param name="std">The standard deviations, above 0: as many as there are means.</param>
    /// <returns>The transform. It throws an <see cref="ArgumentException"/> for images with other channels, or not floating-point.</returns>
    /// <exception cref="ArgumentException">There are not as many deviations as means, or a number is out of its range.</exception>
    public static Transform Normalize(double[] mean, double[] std) => new Normalize(mean, std);

    /// <summary>A function of one's own as a transform. It is called with one image at a time.</summary>
    /// <param name="function">Takes an image, which is a copy that it may change, and gives the new one.</param>
    /// <returns>The transform.</returns>
    public static Transform Lambda(Func<Tensor, Tensor> function) => new Lambda(function);

    /// <summary>Another size, by bilinear interpolation (with antialias where the image gets smaller); the shorter side gets the given length.</summary>
    /// <param name="size">The length of the shorter side, in pixels; the other side keeps its proportion.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public static Transform Resize(int size) => new ResizeImage(size, null);

    /// <summary>Another size, by bilinear interpolation (with antialias where the image gets smaller).</summary>
    /// <param name="height">The height in pixels.</param>
    /// <param name="width">The width in pixels.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static Transform Resize(int height, int width) => new ResizeImage(height, width);

    /// <summary>The middle of the image, a square; what the image lacks is filled with zeros.</summary>
    /// <param name="size">The side of the square, in pixels.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public static Transform CenterCrop(int size) => new CenterCrop(size, size);

    /// <summary>The middle of the image; what the image lacks is filled with zeros.</summary>
    /// <param name="height">The height in pixels.</param>
    /// <param name="width">The width in pixels.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static Transform CenterCrop(int height, int width) => new CenterCrop(height, width);

    /// <summary>A square somewhere in the image, at another place each time.</summary>
    /// <param name="size">The side of the square, in pixels.</param>
    /// <param name="padding">How many rows and columns of zeros are put around the image first.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>, and throws an
    /// <see cref="ArgumentException"/> for one that is too small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or the padding below 0.</exception>
    public static Transform RandomCrop(int size, int padding = 0) => new RandomCrop(size, size, padding);

    /// <summary>A rectangle somewhere in the image, at another place each time.</summary>
    /// <param name="height">The height in pixels.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="padding">How many rows and columns of zeros are put around the image first.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>, and throws an
    /// <see cref="ArgumentException"/> for one that is too small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the padding below 0.</exception>
    public static Transform RandomCrop(int height, int width, int padding) => new RandomCrop(height, width, padding);

    /// <summary>Rows and columns around the image.</summary>
    /// <param name="padding">How many at each side.</param>
    /// <param name="fill">The value of the new pixels.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The padding is below 0. The transform throws an <see cref="ArgumentException"/> for a value that bytes cannot hold.</exception>
    public static Transform Pad(int padding, double fill = 0) => new Pad(padding, fill);

    /// <summary>Sometimes the image's mirror image, left for right.</summary>
    /// <param name="p">How often, 0 to 1.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is no probability.</exception>
    public static Transform RandomHorizontalFlip(double p = 0.5) => new RandomFlip("RandomHorizontalFlip", p, fromHeight: 1);

    /// <summary>Sometimes the image upside down.</summary>
    /// <param name="p">How often, 0 to 1.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is no probability.</exception>
    public static Transform RandomVerticalFlip(double p = 0.5) => new RandomFlip("RandomVerticalFlip", p, fromHeight: 0);

    /// <summary>The image turned around its middle, by another angle each time, each pixel with the value of the nearest one at its old place.</summary>
    /// <param name="degrees">How far at most, to either side.</param>
    /// <param name="fill">The value of the pixels that come from outside.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentException">The angle is below 0 or not finite.</exception>
    public static Transform RandomRotation(double degrees, double fill = 0) => new RandomRotation(-degrees, degrees, fill);

    /// <summary>The image turned around its middle, by another angle each time, each pixel with the value of the nearest one at its old place.</summary>
    /// <param name="degrees">The least and the greatest angle; above 0 is against the clock.</param>
    /// <param name="fill">The value of the pixels that come from outside.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentException">The greatest angle is below the least, or one is not finite.</exception>
    public static Transform RandomRotation((double min, double max) degrees, double fill = 0) => new RandomRotation(degrees.min, degrees.max, fill);

    /// <summary>A part of the image, of another size and proportion each time, as a square of one size.</summary>
    /// <param name="size">The side of the square, in pixels.</param>
    /// <param name="scale">The least and the greatest share of the image's area; 0.08 to 1 where left out.</param>
    /// <param name="ratio">The least and the greatest width, in heights; 3/4 to 4/3 where left out.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentException">The size is below 1, or bounds are in the wrong order or not above 0.</exception>
    public static Transform RandomResizedCrop(int size, (double min, double max)? scale = null, (double min, double max)? ratio = null) =>
        new RandomResizedCrop(size, scale ?? (0.08, 1), ratio ?? (3 / 4.0, 4 / 3.0));

    /// <summary>Sometimes the image without a rectangle of it.</summary>
    /// <param name="p">How often, 0 to 1.</param>
    /// <param name="scale">The least and the greatest share of the image's area; 0.02 to 0.33 where left out.</param>
    /// <param name="ratio">The least and the greatest proportion of the rectangle; 0.3 to 3.3 where left out.</param>
    /// <param name="value">The value of the erased pixels.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="p"/> is no probability, or bounds are in the wrong order or not above 0.</exception>
    public static Transform RandomErasing(double p = 0.5, (double min, double max)? scale = null, (double min, double max)? ratio = null, double value = 0) =>
        new RandomErasing(p, scale ?? (0.02, 0.33), ratio ?? (0.3, 3.3), value);

    /// <summary>Other light and other colors each time. Images of one channel have no saturation and no hue that could change.</summary>
    /// <param name="brightness">How far the factor of the brightness may be from 1; factors below 0 are 0.</param>
    /// <param name="contrast">How far the factor of the contrast may be from 1.</param>
    /// <param name="saturation">How far the factor of the saturation may be from 1.</param>
    /// <param name="hue">How far the hues may be turned, 0 to 0.5 of the circle of colors.</param>
    /// <returns>The transform, which draws from torch's random numbers. It takes images before and after <see cref="ToTensor"/>, not after <see cref="Normalize(double, double)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0, or the hue above 0.5.</exception>
    public static Transform ColorJitter(double brightness = 0, double contrast = 0, double saturation = 0, double hue = 0) => new ColorJitter(brightness, contrast, saturation, hue);

    /// <summary>Colors to brightness: 0.299 red + 0.587 green + 0.114 blue.</summary>
    /// <param name="num_output_channels">1, or 3 for three equal channels.</param>
    /// <returns>The transform. It takes images before and after <see cref="ToTensor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 1 nor 3.</exception>
    public static Transform Grayscale(int num_output_channels = 1) => new Grayscale(num_output_channels);
}
