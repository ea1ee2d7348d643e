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

        var (imagesFile, labelsFile) = ImageCollection.Files(train);
        var (imagesPath, labelsPath) = Find(collection, root, train) ?? (download
            ? (Download.Fetch(collection, imagesFile, root), Download.Fetch(collection, labelsFile, root))
            : throw NotFound(collection, root, train));

        using var scope = NewDisposeScope();
        var images = IdxFile.Read(imagesPath, rank: 3);
        var labels = IdxFile.Read(labelsPath, rank: 1).to(ScalarType.Int64);
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

    private static string? Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }

    private static FileNotFoundException NotFound(ImageCollection collection, string root, bool train)
    {
        var (imagesFile, labelsFile) = ImageCollection.Files(train);
        var package = collection.Package is null ? "" : $"install Debian's package (apt install {collection.Package}), ";
        return new FileNotFoundException(
            $"{collection.Name}: {imagesFile} and {labelsFile} (plain or .gz) are in none of {string.Join(", ", collection.Folders(root))}. " +
            $"To get them, {package}pass download: true, or name the folder that holds them.");
    }
}
