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
    /// <param name="function">Takes an image and gives the new one. It must not change the image that it takes.</param>
    /// <returns>The transform.</returns>
    public static Transform Lambda(Func<Tensor, Tensor> function) => new Lambda(function);
}
