using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class FashionMNISTTests
{
    [Fact]
    public void The_images_of_Debians_package_are_found_from_any_root()
    {
        SkipWithoutPackage();

        var train = datasets.FashionMNIST("no-such-folder");
        var test = datasets.FashionMNIST("no-such-folder", train: false);

        Assert.Equal([60_000, 28, 28], train.data.shape);
        Assert.Equal([10_000, 28, 28], test.data.shape);
        Assert.Equal([9, 0, 0, 3, 0], train.targets.data<long>().ToArray()[..5]);
        Assert.Equal(Enumerable.Repeat(6000L, 10), train.targets.bincount(null).data<long>().ToArray());
        Assert.Equal(72.94, train.data.to(ScalarType.Float64).mean().item<double>(), 0.005);
    }

    [Fact]
    public void All_images_reach_their_workers_normalized()
    {
        SkipWithoutPackage();
        var bob = Some.Worker("bob");
        var alice = Some.Worker("alice");
        var images = datasets.FashionMNIST(
            "data", train: true, download: true, transform: transforms.Compose(transforms.ToTensor(), transforms.Normalize(0.2860, 0.3530)));

        using var federated = images.federate(bob, alice);
        var loader = new FederatedDataLoader(federated, batch_size: 64, shuffle: true);

        Assert.Equal([30_000, 1, 28, 28], federated[bob.id].data.shape);
        Assert.Equal(938, loader.Count);
        using var mean = federated[alice.id].data.get().mean();
        Assert.Equal(0, mean.item<float>(), 0.01);
    }

    private static void SkipWithoutPackage() =>
        Assert.SkipUnless(
            File.Exists("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"), "Debian's package dataset-fashion-mnist is not installed.");
}
