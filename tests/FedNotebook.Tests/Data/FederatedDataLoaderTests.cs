using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

public class FederatedDataLoaderTests
{
    private readonly VirtualWorker bob = Some.Worker("bob");

    [Fact]
    public void First_gives_one_batch_to_look_at()
    {
        using var federated = sy.BaseDataset(arange(5), arange(5)).federate(bob);
        var (data, target) = sy.FederatedDataLoader(federated, batch_size: 2).First();

        Assert.Equal([0L, 1], Some.Longs(data.get()));
        Assert.Equal([0L, 1], Some.Longs(target.get()));
        Assert.Equal(2, bob._objects.Count);
    }

    [Fact]
    public void First_of_no_batch_says_why()
    {
        using var federated = sy.BaseDataset(arange(5), arange(5)).federate(bob);
        var error = Assert.Throws<InvalidOperationException>(() => sy.FederatedDataLoader(federated, batch_size: 6, drop_last: true).First());

        Assert.Contains("no worker has 6 items", error.Message);
    }

    [Fact]
    public void Batches_that_were_kept_are_gone_with_a_hint_or_stay_when_asked_for()
    {
        using var federated = sy.BaseDataset(arange(4), arange(4)).federate(bob);
        var gone = sy.FederatedDataLoader(federated, batch_size: 2).ToList();
        var kept = sy.FederatedDataLoader(federated, batch_size: 2, disposeBatch: false).ToList();

        Assert.Contains("disposeBatch: false", Assert.Throws<ObjectNotFoundError>(() => gone[0].data.get()).Message);
        Assert.Equal([0L, 1], Some.Longs(kept[0].data.get()));
    }

    [Fact]
    public void A_data_set_whose_parts_were_all_got_has_no_batches_and_cannot_be_trained_on()
    {
        var federated = sy.BaseDataset(ones(4, 2), ones(4)).federate(bob);
        federated.get_dataset(bob.id);
        var loader = sy.FederatedDataLoader(federated, batch_size: 2);

        Assert.Empty(loader);
        Assert.Empty(loader.iter_per_worker().Take(1));
        Assert.Contains("no worker has items of this data set", Assert.Throws<InvalidOperationException>(() => loader.First()).Message);
        Assert.Contains("nobody to train with", Assert.Throws<ArgumentException>(() => new FederatedTrainer(nn.Linear(2, 1), federated, (output, target) => nn.functional.mse_loss(output, target))).Message);
    }
}
