using TorchSharp.Modules;

namespace FederatedBenchmark;

/// <summary>The models of the papers, with torch's usual beginning for the seed.</summary>
internal static class Networks
{
    public static readonly Func<Tensor, Tensor, Tensor> CrossEntropy = (output, target) => F.cross_entropy(output, target);

    /// <summary>What is timed: each model with the shape of all its data and the size of a batch.</summary>
    public static readonly (string what, Func<int, nn.Module<Tensor, Tensor>> network, long[] shape, int batchSize)[] Timed =
    [
        ("CNN of tutorial 6, batch of 64", SmallConvolutions, [20 * 64, 1, 28, 28], 64),
        ("784-128-10, batch of 64", OneHidden, [1000 * 64, 784], 64),
        ("784-200-200-10, batch of 10", TwoHidden, [1500 * 10, 784], 10),
        ("logistic regression, batch of 10", seed => Logistic(seed), [6000 * 10, 784], 10),
    ];

    public static Linear Logistic(int seed, int features = 784) => Seeded(seed, () => nn.Linear(features, 10));

    /// <summary>784-128-10.</summary>
    public static Sequential OneHidden(int seed) => Seeded(seed, () => nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)));

    /// <summary>McMahan's 2NN: 784-200-200-10, 199,210 parameters.</summary>
    public static Sequential TwoHidden(int seed) =>
        Seeded(seed, () => nn.Sequential(nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 10)));

    /// <summary>McMahan's CNN: two 5 x 5 convolutions of 32 and 64 channels, each with 2 x 2 pooling, then 512 and 10; 1,663,370 parameters.</summary>
    public static Sequential Convolutions(int seed) => Seeded(seed, () => nn.Sequential(
        nn.Conv2d(1, 32, 5, padding: 2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, padding: 2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(7 * 7 * 64, 512), nn.ReLU(), nn.Linear(512, 10)));

    /// <summary>The CNN of PySyft's sixth tutorial.</summary>
    public static Sequential SmallConvolutions(int seed) => Seeded(seed, () => nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(4 * 4 * 50, 500), nn.ReLU(), nn.Linear(500, 10)));

    private static T Seeded<T>(int seed, Func<T> make)
    {
        manual_seed(seed);
        return make();
    }
}
