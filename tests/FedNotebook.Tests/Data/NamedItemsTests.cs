using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

/// <summary>TorchSharp's data sets whose items are dictionaries, as those of torchvision are.</summary>
public class NamedItemsTests
{
    [Fact]
    public void They_are_shared_among_workers()
    {
        var (bob, alice) = Some.BobAndAlice();
        using var federated = new Named(5, "data", "label").federate(bob, alice);

        Assert.Equal([3L, 2], federated.Select(part => part.Count));
        Assert.Equal([3L, 4], Some.Longs(federated[alice.id].get().targets));
    }

    [Fact]
    public void They_are_divided_among_clients()
    {
        var clients = new Named(6, "data", "label").federate(clients: 2, Partition.BySize(2, 4));

        Assert.Equal([2f, 2, 3, 3, 4, 4, 5, 5], Some.Floats(clients[1].data));
    }

    [Fact]
    public void Other_names_are_said()
    {
        Assert.Equal([0L, 1, 2], Some.Longs(sy.BaseDataset(new Named(3, "x", "y"), data: "x", target: "y").targets));
        var error = Assert.Throws<ArgumentException>(() => new Named(3, "x", "y").federate(Some.Worker()));
        Assert.Contains("have no \"data\"; they have \"x\", \"y\"", error.Message);
        Assert.Contains("sy.BaseDataset(dataset, data:", error.Message);
    }

    [Fact]
    public void One_without_items_is_refused() => Assert.Throws<ArgumentException>(() => sy.BaseDataset(new Named(0, "data", "label")));

    private sealed class Named(long count, string data, string target) : utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { [data] = full(2, index, dtype: ScalarType.Float32), [target] = tensor(index) };
    }
}
