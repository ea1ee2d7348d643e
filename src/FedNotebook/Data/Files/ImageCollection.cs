namespace FedNotebook;

/// <summary>A published collection of labelled images: what its files are called, where they are found, what is in them.</summary>
/// <param name="Name">The name, also of its folder in torchvision's layout.</param>
/// <param name="Folder">The name of its folder elsewhere.</param>
/// <param name="BaseAddress">Where it is published.</param>
/// <param name="SystemFolder">Where the system's package puts it, if there is one.</param>
/// <param name="Package">The system's package, if there is one.</param>
/// <param name="Digests">The SHA-256 digest of each file when it is unpacked: mirrors pack anew, and only the content stays the same.</param>
internal sealed record ImageCollection(
    string Name, string Folder, string BaseAddress, string? SystemFolder, string? Package, IReadOnlyDictionary<string, string> Digests)
{
    internal const int Labels = 10;

    internal static readonly ImageCollection MNIST = new(
        "MNIST",
        "mnist",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        SystemFolder: null,
        Package: null,
        new Dictionary<string, string>
        {
            ["train-images-idx3-ubyte"] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ["train-labels-idx1-ubyte"] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ["t10k-images-idx3-ubyte"] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ["t10k-labels-idx1-ubyte"] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        });

    internal static readonly ImageCollection FashionMNIST = new(
        "FashionMNIST",
        "fashion-mnist",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        SystemFolder: "/usr/share/datasets/fashion-mnist",
        Package: "dataset-fashion-mnist",
        new Dictionary<string, string>
        {
            ["train-images-idx3-ubyte"] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            ["train-labels-idx1-ubyte"] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ["t10k-images-idx3-ubyte"] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            ["t10k-labels-idx1-ubyte"] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        });

    /// <summary>The folders that may hold the files, in the order in which they are looked at.</summary>
    internal IEnumerable<string> Folders(string root)
    {
        yield return Path.GetFullPath(root);
        yield return DownloadFolder(root);
        yield return Path.GetFullPath(Path.Combine(root, Folder));
        yield return Path.GetFullPath(Path.Combine(root, Folder, "test_data")); // TorchSharp's layout, for both parts
        if (SystemFolder is not null) yield return SystemFolder;
    }

    internal string DownloadFolder(string root) => Path.GetFullPath(Path.Combine(root, Name, "raw"));

    internal static (string images, string labels) Files(bool train) => train
        ? ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
        : ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
}
