using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Data;

/// <summary>Tags, descriptions and privacy of the tensors that a data set is made of.</summary>
public class LabelledDataTests
{
    private readonly VirtualWorker bob = Some.Worker("bob");
    private readonly VirtualWorker alice = Some.Worker("alice");

    [Fact]
    public void A_grid_finds_the_shares_by_the_tags_of_the_data()
    {
        using var data = ones(5, 2).tag("#boston", "#data").describe("Thirteen numbers a house.");
        using var targets = ones(5).tag("#boston", "#target");
        using var federated = sy.BaseDataset(data, targets).federate(bob, alice);
        var grid = sy.PrivateGridNetwork(bob, alice);

        var found = grid.search("#boston", "#data");

        Assert.Equal([bob.id, alice.id], found.Keys);
        Assert.Equal([3, 2], found[bob.id].Single().shape);
        Assert.Equal("Thirteen numbers a house.", found[alice.id].Single().description);
        Assert.Equal([2], grid.search("#target")[alice.id].Single().shape);
    }

    [Fact]
    public void What_was_searched_becomes_a_data_set_again()
    {
        using var data = ones(5, 2).tag("#data");
        using var sent = sy.BaseDataset(data, ones(5).tag("#target")).federate(bob, alice);
        var grid = sy.PrivateGridNetwork(bob, alice);
        var (inputs, outputs) = (grid.search("#data"), grid.search("#target"));

        using var federated = sy.FederatedDataset(inputs.Keys.Select(id => sy.BaseDataset(inputs[id][0], outputs[id][0])));

        Assert.Equal(5, federated.Count);
        Assert.Equal([2L, 1, 2], sy.FederatedDataLoader(federated, batch_size: 2).Select(batch => batch.data.shape[0]));
    }

    [Fact]
    public void Tags_outlive_a_transform_and_come_home()
    {
        var dataset = sy.BaseDataset(ones(3).tag("#ones").describe("ones"), zeros(3)).transform(x => x * 2);
        var back = dataset.send(bob).get();

        Assert.Equal(["#ones"], dataset.data.tags);
        Assert.Equal(["#ones"], back.data.tags);
        Assert.Equal("ones", back.data.description);
    }

    [Fact]
    public void A_clients_items_have_the_tags_too() =>
        Assert.Equal(["#ones"], sy.BaseDataset(ones(4).tag("#ones"), zeros(4)).federate(2, Partition.IID(seed: 1))[1].data.tags);

    [Fact]
    public void A_tensor_that_a_transform_keeps_stays_without_the_tags()
    {
        using var kept = ones(1);
        using var sent = sy.BaseDataset(ones(1, 1).tag("#private"), zeros(1), transforms.Lambda(_ => kept)).send(bob);

        Assert.Single(bob.search("#private"));
        Assert.Empty(kept.tags);
    }

    [Fact]
    public void Private_data_stay_private_in_a_data_set()
    {
        var dataset = sy.BaseDataset(ones(4).private_tensor(["ada"]), zeros(4));

        Assert.Throws<SendNotPermittedError>(() => dataset.send(bob));
        Assert.Throws<SendNotPermittedError>(() => dataset.federate(bob, alice));
        Assert.Throws<SendNotPermittedError>(() => dataset.federate([bob, alice], user: "eve"));
        Assert.Empty(bob._objects);

        using var federated = dataset.federate([bob, alice], user: "ada");
        Assert.Throws<GetNotPermittedError>(() => federated[bob.id].data.get());
        Assert.Throws<GetNotPermittedError>(() => federated[bob.id].get());
        Assert.Throws<GetNotPermittedError>(() => sy.FederatedDataLoader(federated, shuffle: true).First().data.get());
        Assert.Equal([1f, 1], Some.Floats(federated[bob.id].get(user: "ada").data));
    }

    [Fact]
    public void Private_data_stay_private_at_a_simulated_client()
    {
        var dataset = sy.BaseDataset(ones(4).private_tensor(["ada"]), zeros(4)).federate(2, Partition.IID(seed: 1))[0];

        Assert.Throws<SendNotPermittedError>(() => dataset.send(bob));
    }

    [Fact]
    public void Data_stay_at_the_worker_when_their_targets_are_refused()
    {
        var dataset = sy.BaseDataset(ones(2), zeros(2).private_tensor(["ada"])).federate([bob], user: "ada");

        Assert.Throws<GetNotPermittedError>(() => dataset[bob.id].get());

        Assert.Equal(2, bob._objects.Count);
        Assert.Equal([1f, 1], Some.Floats(dataset.get_dataset(bob.id, user: "ada").data));
        Assert.Empty(dataset.workers);
    }
}
