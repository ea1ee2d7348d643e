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

    /// <summary>
    /// FedProx's synthetic(α, β): users whose models (α) and whose data (β) differ, ten classes of points in sixty dimensions, and unequal numbers of items.
    /// It needs no download. Li et al., "Federated Optimization in Heterogeneous Networks", MLSys 2020.
    /// </summary>
    /// <param name="alpha">How much the users' models differ, 0 or more.</param>
    /// <param name="beta">How much the users' data differ, 0 or more.</param>
    /// <param name="seed">Makes the numbers repeatable.</param>
    /// <param name="users">The number of users; the paper has 30.</param>
    /// <param name="iid">True for the paper's variant in which all users have one model and the same data; then α and β do not matter.</param>
    /// <returns>A client a user with nine tenths of that user's items, and the rest of all users to test with.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static (SimulatedClients train, BaseDataset test) Synthetic(double alpha, double beta, int seed, int users = 30, bool iid = false)
    {
        if (!(alpha >= 0 && double.IsFinite(alpha))) throw new ArgumentOutOfRangeException(nameof(alpha), $"alpha must be 0 or more; it is {alpha}.");
        if (!(beta >= 0 && double.IsFinite(beta))) throw new ArgumentOutOfRangeException(nameof(beta), $"beta must be 0 or more; it is {beta}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        return new SyntheticData(alpha, beta, iid, new Random(seed)).Make(users);
    }

    /// <summary>A file of comma-separated values whose columns have names.</summary>
    /// <param name="path">The file, UTF-8; its first line has the names of the columns.</param>
    /// <param name="separator">What stands between values; null: a comma, semicolon, tab or bar, whatever the first lines have.</param>
    /// <param name="skipLines">The number of lines before the one with the names.</param>
    /// <returns>The table, whose <see cref="CsvTable.ToDataset"/> makes a data set of it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no such table; the message says which line is wrong.</exception>
    public static CsvTable CSV(string path, char? separator = null, int skipLines = 0) => CsvTable.Read(path, separator, skipLines);

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
