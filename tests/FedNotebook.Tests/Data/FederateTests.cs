using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class FederateTests
{
    [Fact]
    public void Shares_that_were_sent_before_one_failed_are_taken_back()
    {
        var (bob, alice) = (sy.VirtualWorker("federate-fails-bob"), sy.VirtualWorker("federate-fails-alice"));
        var transformed = 0;
        using var dataset = sy.BaseDataset(ones(4, 2), ones(4), transforms.Lambda(rows => ++transformed == 1 ? rows : throw new InvalidDataException("a torn page")));

        Assert.Equal("a torn page", Assert.Throws<InvalidDataException>(() => dataset.federate(bob, alice)).Message);

        Assert.Equal(2, transformed);
        Assert.Empty(bob._objects);
        Assert.Empty(alice._objects);
    }

    [Fact]
    public void Shares_of_a_data_set_that_breaks_off_are_taken_back()
    {
        var (bob, alice) = (sy.VirtualWorker("federate-breaks-bob"), sy.VirtualWorker("federate-breaks-alice"));
        using var dataset = new BreaksOff();

        Assert.Throws<InvalidDataException>(() => dataset.federate(bob, alice));

        Assert.Empty(bob._objects);
    }

    [Fact]
    public void Items_of_different_shapes_are_named()
    {
        using var dataset = new Growing();

        var error = Assert.Throws<ArgumentException>(() => dataset.federate(Some.Worker()));

        Assert.Contains("Item 2 of the data set has data of shape [3], the items before it of [2]", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_number_of_clients_below_one_is_named(int clients)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => sy.BaseDataset(ones(4), ones(4)).federate(clients, Partition.IID(seed: 1)));

        Assert.StartsWith($"There must be at least one client; clients is {clients}.", error.Message);
    }

    private sealed class Growing : utils.data.IterableDataset
    {
        public override long Count => 4;

        public override IList<Tensor> GetTensor(long index) => [ones(index < 2 ? 2 : 3), ones(1)];
    }

    private sealed class BreaksOff : utils.data.IterableDataset
    {
        public override long Count => 4;

        public override IList<Tensor> GetTensor(long index) => index < 3 ? [ones(2), ones(1)] : throw new InvalidDataException("a torn page");
    }
}
