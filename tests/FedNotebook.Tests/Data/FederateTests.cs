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

    private sealed class BreaksOff : utils.data.IterableDataset
    {
        public override long Count => 4;

        public override IList<Tensor> GetTensor(long index) => index < 3 ? [ones(2), ones(1)] : throw new InvalidDataException("a torn page");
    }
}
