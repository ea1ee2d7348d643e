using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Published data sets, under torchvision's names.</summary>
public static class datasets
{
    /// <summary>MNIST: handwritten digits, 60,000 images to train with and 10,000 to test with.</summary>
    /// <param name="root">
    /// The folder of the IDX files, packed with gzip or not. They may also lie in its subfolder MNIST/raw (torchvision's layout) or mnist.
    /// </param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <param name="download">
    /// True to fetch files that are not there into MNIST/raw under <paramref name="root"/>. They come from where the set is published,
    /// or from the address in the environment variable FEDNOTEBOOK_DATASETS_URL; their digests are checked.
    /// </param>
    /// <param name="transform">What is done to each image when it is used; without it an image is 28 x 28 bytes.</param>
    /// <returns>Images as bytes [count, 28, 28] in <c>data</c>, labels 0 to 9 as 64-bit integers [count] in <c>targets</c>.</returns>
    /// <exception cref="FileNotFoundException">The files are in none of these folders; the message says which these are and what to do.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">The files could not be fetched, read or written.</exception>
    public static BaseDataset MNIST(string root, bool train = true, bool download = false, Transform? transform = null) =>
        Images(ImageCollection.MNIST, root, train, download, transform);

    /// <summary>Fashion-MNIST: photographs of clothes, 60,000 images to train with and 10,000 to test with.</summary>
    /// <param name="root">
    /// The folder of the IDX files, packed with gzip or not. They may also lie in its subfolder FashionMNIST/raw (torchvision's layout)
    /// or fashion-mnist, or where Debian's package dataset-fashion-mnist puts them.
    /// </param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <param name="download">
    /// True to fetch files that are not there into FashionMNIST/raw under <paramref name="root"/>. They come from where the set is published,
    /// or from the address in the environment variable FEDNOTEBOOK_DATASETS_URL; their digests are checked.
    /// </param>
    /// <param name="transform">What is done to each image when it is used; without it an image is 28 x 28 bytes.</param>
    /// <returns>Images as bytes [count, 28, 28] in <c>data</c>, labels 0 to 9 as 64-bit integers [count] in <c>targets</c>.</returns>
    /// <exception cref="FileNotFoundException">The files are in none of these folders; the message says which these are and what to do.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">The files could not be fetched, read or written.</exception>
    public static BaseDataset FashionMNIST(string root, bool train = true, bool download = false, Transform? transform = null) =>
        Images(ImageCollection.FashionMNIST, root, train, download, transform);

    private static BaseDataset Images(ImageCollection collection, string root, bool train, bool download, Transform? transform)
    {
        var (images, labels) = ImageFiles.Read(collection, root, train, download);
        using (images)
        using (labels)
        {
            return new BaseDataset(images, labels, transform);
        }
    }
}
