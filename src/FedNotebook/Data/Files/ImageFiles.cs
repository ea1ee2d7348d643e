using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Finds the two files of a collection of images, fetches them when asked to, and reads them.</summary>
internal static class ImageFiles
{
    /// <summary>Reads the images and their labels.</summary>
    /// <returns>Images as bytes [count, height, width], and labels as 64-bit integers [count].</returns>
    internal static (Tensor images, Tensor labels) Read(ImageCollection collection, string root, bool train, bool download)
    {
        if (string.IsNullOrWhiteSpace(root))
            throw new ArgumentException($"{collection.Name}: root is empty; name the folder of the files, \"data\" for instance.", nameof(root));

        root = FromHome(root);
        if (Find(collection, root, train) is not { } found)
            return Read(collection, download ? Fetched(collection, root, train) : throw NotFound(collection, root, train));

        try
        {
            return Read(collection, found);
        }
        catch (InvalidDataException) when (download && IsFetched(collection, root, found))
        {
            // Another program's download may have broken off.
            return Read(collection, Fetched(collection, root, train));
        }
    }

    private static (Tensor images, Tensor labels) Read(ImageCollection collection, (string images, string labels) files)
    {
        var (imagesPath, labelsPath) = files;
        using var scope = NewDisposeScope();
        var images = IdxFile.ReadBytes(imagesPath, rank: 3);
        var labels = IdxFile.ReadBytes(labelsPath, rank: 1).to(ScalarType.Int64);
        if (images.shape[0] != labels.shape[0])
        {
            throw new InvalidDataException(
                $"{collection.Name}: {imagesPath} holds {images.shape[0]} images and {labelsPath} {labels.shape[0]} labels. " +
                "They do not belong together.");
        }

        var largest = labels.max().item<long>();
        if (largest >= ImageCollection.Labels)
        {
            throw new InvalidDataException(
                $"{collection.Name}: {labelsPath} holds the label {largest}; the labels are 0 to {ImageCollection.Labels - 1}.");
        }

        return (images.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }

    private static (string images, string labels)? Find(ImageCollection collection, string root, bool train)
    {
        var (imagesFile, labelsFile) = ImageCollection.Files(train);
        foreach (var folder in collection.Folders(root))
        {
            if (Existing(folder, imagesFile) is { } images && Existing(folder, labelsFile) is { } labels)
                return (images, labels);
        }

        return null;
    }

    private static (string images, string labels) Fetched(ImageCollection collection, string root, bool train)
    {
        var (imagesFile, labelsFile) = ImageCollection.Files(train);
        return (Download.Fetch(collection, imagesFile, root), Download.Fetch(collection, labelsFile, root));
    }

    private static bool IsFetched(ImageCollection collection, string root, (string images, string labels) files) =>
        new[] { files.images, files.labels }.Any(path => Path.GetDirectoryName(path) == collection.DownloadFolder(root));

    // ~ is the home folder, as torchvision has it.
    private static string FromHome(string root) =>
        root == "~" || root.StartsWith("~/", StringComparison.Ordinal) ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + root[1..] : root;

    // Some mirrors write a point for the second hyphen, and some archives put each file into a folder of its name.
    private static string? Existing(string folder, string file)
    {
        var withPoint = file.Replace("-idx", ".idx");
        string[] names = [file, withPoint, Path.Combine(file, file), Path.Combine(withPoint, withPoint)];
        return names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static FileNotFoundException NotFound(ImageCollection collection, string root, bool train)
    {
        var (imagesFile, labelsFile) = ImageCollection.Files(train);
        var package = collection.Package is null ? "" : $"install Debian's package (apt install {collection.Package}), ";
        var alone = collection.Folders(root).SelectMany(folder => new[] { Existing(folder, imagesFile), Existing(folder, labelsFile) }).FirstOrDefault(path => path is not null);
        return new FileNotFoundException(
            $"{collection.Name}: {imagesFile} and {labelsFile} (plain or .gz) {(alone is null ? "" : $"must be in one folder; {alone} is alone. Together they ")}are in none of {string.Join(", ", collection.Folders(root))}. " +
            $"To get them, {package}pass download: true, or name the folder that holds them.");
    }
}
