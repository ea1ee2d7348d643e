using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Published data sets, under torchvision's names.</summary>
public static class datasets
{
    /// <summary>MNIST: handwritten digits, 60,000 images to train with and 10,000 to test with.</summary>
    /// <param name="root">
    /// The folder of the IDX files, packed with gzip or not. They may also lie in its subfolder MNIST/raw (torchvision's layout), mnist or
    /// mnist/test_data (TorchSharp's).
    /// </param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <param name="download">
    /// True to fetch files that are not there into MNIST/raw under <paramref name="root"/>. They come from where the set is published,
    /// or from the address in the environment variable FEDNOTEBOOK_DATASETS_URL; their digests are checked.
    /// </param>
    /// <param name="transform">What is done to each image when it is used; without it an image is 28 x 28 bytes.</param>
    /// <param name="target_transform">What is done to each label, once, now: it takes a label without dimensions and gives what is to be learnt.</param>
    /// <returns>Images as bytes [count, 28, 28] in <c>data</c>, labels 0 to 9 as 64-bit integers [count] in <c>targets</c>.</returns>
    /// <exception cref="FileNotFoundException">The files are in none of these folders; the message says which these are and what to do.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">The files could not be fetched, read or written.</exception>
    public static BaseDataset MNIST(
        string root, bool train = true, bool download = false, Transform? transform = null, Func<Tensor, Tensor>? target_transform = null) =>
        Images(ImageCollection.MNIST, root, train, download, transform, target_transform);

    /// <summary>Fashion-MNIST: photographs of clothes, 60,000 images to train with and 10,000 to test with.</summary>
    /// <param name="root">
    /// The folder of the IDX files, packed with gzip or not. They may also lie in its subfolder FashionMNIST/raw (torchvision's layout),
    /// fashion-mnist or fashion-mnist/test_data, or where Debian's package dataset-fashion-mnist puts them.
    /// </param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <param name="download">
    /// True to fetch files that are not there into FashionMNIST/raw under <paramref name="root"/>. They come from where the set is published,
    /// or from the address in the environment variable FEDNOTEBOOK_DATASETS_URL; their digests are checked.
    /// </param>
    /// <param name="transform">What is done to each image when it is used; without it an image is 28 x 28 bytes.</param>
    /// <param name="target_transform">What is done to each label, once, now: it takes a label without dimensions and gives what is to be learnt.</param>
    /// <returns>Images as bytes [count, 28, 28] in <c>data</c>, labels 0 to 9 as 64-bit integers [count] in <c>targets</c>.</returns>
    /// <exception cref="FileNotFoundException">The files are in none of these folders; the message says which these are and what to do.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">The files could not be fetched, read or written.</exception>
    public static BaseDataset FashionMNIST(
        string root, bool train = true, bool download = false, Transform? transform = null, Func<Tensor, Tensor>? target_transform = null) =>
        Images(ImageCollection.FashionMNIST, root, train, download, transform, target_transform);

    /// <summary>Two files in IDX, the format of MNIST: KMNIST, EMNIST or one's own, for instance. They may be packed with gzip.</summary>
    /// <param name="data">The file of the inputs, of any type and any number of dimensions; the first one counts the items.</param>
    /// <param name="targets">The file of what is to be learnt, as many items.</param>
    /// <param name="transform">What is done to an item's input when the item is used.</param>
    /// <returns>Inputs of the file's type and sizes; targets likewise, whole numbers as 64-bit integers.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or is not what it should be, or the two do not belong together; the message names it.</exception>
    public static BaseDataset IDX(string data, string targets, Transform? transform = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(targets);
        using var scope = NewDisposeScope();
        var (inputs, outputs) = (IdxFile.Read(data), IdxFile.Read(targets));
        if (inputs.shape[0] != outputs.shape[0])
            throw new InvalidDataException($"{data} holds {inputs.shape[0]} items and {targets} {outputs.shape[0]}. They do not belong together.");
        return new BaseDataset(inputs, is_floating_point(outputs.dtype) ? outputs : outputs.to(ScalarType.Int64), transform);
    }

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
        if (users < 1) throw new ArgumentOutOfRangeException(nameof(users), $"There must be at least one user; users is {users}.");
        return new SyntheticData(alpha, beta, iid, new Random(seed)).Make(users);
    }

    /// <summary>A file of comma-separated values whose columns have names.</summary>
    /// <param name="path">The file, UTF-8; its first line has the names of the columns, unless they are given.</param>
    /// <param name="separator">What stands between values; null: a comma, semicolon, tab or bar, whatever the first lines have.</param>
    /// <param name="skipLines">The number of lines to leave out at the beginning.</param>
    /// <param name="names">The names of the columns, for a file whose first line has none; null: the first line has them.</param>
    /// <returns>The table, whose <see cref="CsvTable.ToDataset"/> makes a data set of it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no such table; the message says which line is wrong.</exception>
    /// <exception cref="ArgumentException">The names that were given are not all there or not all different.</exception>
    public static CsvTable CSV(string path, char? separator = null, int skipLines = 0, IEnumerable<string>? names = null) =>
        CsvTable.Read(path, separator, skipLines, names);

    private static BaseDataset Images(
        ImageCollection collection, string root, bool train, bool download, Transform? transform, Func<Tensor, Tensor>? targetTransform)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = ImageFiles.Read(collection, root, train, download);
        return new BaseDataset(
            images.MoveToOtherDisposeScope(scope),
            targetTransform is null ? labels.MoveToOtherDisposeScope(scope) : transforms.Lambda(targetTransform).CallBatch(labels.MoveToOtherDisposeScope(scope)),
            transform);
    }
}
