namespace FederatedBenchmark;

/// <summary>The images to train and to test with: MNIST where a folder is named, Fashion-MNIST otherwise. Pixels are 0 to 1, as in McMahan et al.</summary>
internal sealed class Digits
{
    private Digits(string name, BaseDataset train, BaseDataset test, long[] shape)
    {
        Name = name;
        Train = train.transform(images => images.to(float32).div(255).view(shape));
        Test = test.transform(images => images.to(float32).div(255).view(shape));
    }

    public string Name { get; }

    public BaseDataset Train { get; }

    public BaseDataset Test { get; }

    public bool AreDigits => Name == "MNIST";

    /// <summary>Each image as a row of 784 numbers.</summary>
    public static Digits Flat(Settings settings) => Read(settings, [-1, 784]);

    /// <summary>Each image as 1 x 28 x 28 numbers.</summary>
    public static Digits Square(Settings settings) => Read(settings, [-1, 1, 28, 28]);

    private static Digits Read(Settings settings, long[] shape) => settings.Mnist is { Length: > 0 } folder
        ? new("MNIST", datasets.MNIST(folder, train: true), datasets.MNIST(folder, train: false), shape)
        : new("Fashion-MNIST", datasets.FashionMNIST("data", train: true), datasets.FashionMNIST("data", train: false), shape);
}
