using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class J_Datasets
{
    private readonly VirtualWorker bob = Some.Worker("bob");
    private readonly VirtualWorker alice = Some.Worker("alice");

    [Fact]
    public void J01_a_data_set_is_sent_and_comes_back()
    {
        var dataset = Numbers(1, 2, 3, 4);
        Assert.Equal(4, dataset.Count);
        Assert.Equal(3, dataset[2].data.item<long>());
        Assert.Equal(3, dataset[2].target.item<long>());

        var remote = dataset.send(bob);
        Assert.Same(bob, remote.location);
        Assert.Same(bob, remote.data.location);
        Assert.Same(bob, remote.targets.location);
        Assert.Equal(4, remote.Count);
        Assert.Equal(2, bob._objects.Count);

        var back = remote.get();
        Assert.Equal([1L, 2, 3, 4], Some.Longs(back.data));
        Assert.Equal([1L, 2, 3, 4], Some.Longs(back.targets));
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void J02_transform_changes_all_data()
    {
        var dataset = new BaseDataset(tensor(new float[] { 1, 2, 3, 4 }), tensor(new long[] { 1, 2, 3, 4 }));

        dataset.transform(x => x * 2);

        Assert.Equal([2f, 4f, 6f, 8f], dataset.data.data<float>().ToArray());
    }

    [Fact]
    public void J02_transform_may_not_lose_rows() =>
        Assert.Throws<ArgumentException>(() => Numbers(1, 2, 3).transform(x => x.narrow(0, 0, 2)));

    [Fact]
    public void J03_a_federated_data_set_is_a_dictionary_of_its_parts()
    {
        var federated = new FederatedDataset(Numbers(1, 2).send(bob), Numbers(3, 4, 5, 6).send(alice));

        Assert.Equal([bob.id, alice.id], federated.workers);
        Assert.Equal(6, federated.Count);

        var restored = federated[alice.id].get();
        Assert.Equal(5, restored[2].data.item<long>());
        Assert.Equal(5, restored[2].target.item<long>());
        Assert.Equal(4, restored.Count);
        Assert.Equal(6, federated.Count);
    }

    [Fact]
    public void J03_a_worker_without_a_part_is_named()
    {
        var federated = Numbers(1, 2).federate(bob);

        var error = Assert.Throws<KeyNotFoundException>(() => federated["dan"]);

        Assert.Contains("dan", error.Message);
        Assert.Contains(bob.id, error.Message);
    }

    [Fact]
    public void J04_federate_cuts_contiguous_parts()
    {
        var federated = Numbers(1, 2, 3, 4, 5, 6).federate(bob, alice);

        Assert.Equal([bob.id, alice.id], federated.workers);
        Assert.Equal([1L, 2, 3], Some.Longs(federated[bob.id].data.get()));
        Assert.Equal([1L, 2, 3], Some.Longs(federated[bob.id].targets.get()));
        Assert.Equal([4L, 5, 6], Some.Longs(federated[alice.id].data.get()));
        Assert.Equal([4L, 5, 6], Some.Longs(federated[alice.id].targets.get()));
    }

    [Fact]
    public void J04_federate_rounds_up_so_that_the_last_worker_has_less()
    {
        var charlie = Some.Worker("charlie");

        var federated = Numbers(1, 2, 3, 4, 5, 6, 7).federate(bob, alice, charlie);

        Assert.Equal([3L, 3, 1], federated.Select(part => part.Count));
        Assert.Equal(7, federated.Count);
    }

    [Fact]
    public void J04_workers_for_whom_nothing_is_left_are_left_out()
    {
        var charlie = Some.Worker("charlie");

        var federated = Numbers(1, 2).federate(bob, alice, charlie);

        Assert.Equal([bob.id, alice.id], federated.workers);
        Assert.Equal(2, federated.Count);
        Assert.Empty(charlie._objects);
    }

    [Fact]
    public void J04_federate_takes_a_list_of_workers()
    {
        List<VirtualWorker> workers = [bob, alice];

        Assert.Equal([bob.id, alice.id], Numbers(1, 2, 3).federate(workers).workers);
    }

    [Fact]
    public void J04_federate_runs_the_transform_and_leaves_the_data_alone()
    {
        var dataset = new BaseDataset(tensor(new float[] { 1, 2, 3 }), tensor(new long[] { 0, 0, 1 }), x => x + 10);

        var federated = dataset.federate(bob, alice);

        Assert.Equal([11f, 12f], federated[bob.id].data.get().data<float>().ToArray());
        Assert.Equal([1f, 2f, 3f], dataset.data.data<float>().ToArray());
    }

    [Fact]
    public void J04_what_a_worker_changes_does_not_change_the_data_set()
    {
        var dataset = Numbers(1, 2, 3, 4);
        var federated = dataset.federate(bob, alice);

        federated[bob.id].data.add_(100);

        Assert.Equal([101L, 102], Some.Longs(federated[bob.id].data.get()));
        Assert.Equal([1L, 2, 3, 4], Some.Longs(dataset.data));
    }

    [Fact]
    public void J04_a_data_set_of_TorchSharp_is_federated_too()
    {
        var dataset = utils.data.TensorDataset(tensor(new float[,] { { 1, 1 }, { 2, 2 }, { 3, 3 } }), tensor(new long[] { 1, 2, 3 }));

        var federated = dataset.federate(bob, alice);

        Assert.Equal([2L, 2], federated[bob.id].data.shape);
        Assert.Equal([3f, 3f], federated[alice.id].data.get().data<float>().ToArray());
        Assert.Equal([3L], Some.Longs(federated[alice.id].targets.get()));
    }

    [Fact]
    public void J04_federate_without_workers_or_with_one_twice_is_refused()
    {
        Assert.Contains("bob, alice", Assert.Throws<ArgumentException>(() => Numbers(1, 2).federate()).Message);
        Assert.Contains(bob.id, Assert.Throws<ArgumentException>(() => Numbers(1, 2).federate(bob, alice, bob)).Message);
        Assert.Throws<ArgumentException>(() => Numbers(1, 2).federate(bob, null!));
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void J06_unequal_rows_at_a_worker_are_refused()
    {
        var data = tensor(new long[] { 1, 2, 3 }).send(bob);
        var targets = tensor(new long[] { 1, 2 }).send(bob);

        var error = Assert.Throws<ArgumentException>(() => new PointerDataset(data, targets));

        Assert.Contains("On each worker, the input and target must have the same number of rows.", error.Message);
    }

    [Fact]
    public void J06_two_data_sets_at_one_worker_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new FederatedDataset(Numbers(1, 2).send(bob), Numbers(3).send(bob)));

        Assert.Contains(bob.id, error.Message);
    }

    [Fact]
    public void J06_data_and_targets_at_different_workers_are_refused()
    {
        var data = tensor(new long[] { 1, 2 }).send(bob);
        var targets = tensor(new long[] { 1, 2 }).send(alice);

        var error = Assert.Throws<ArgumentException>(() => new PointerDataset(data, targets));

        Assert.Contains(bob.id, error.Message);
        Assert.Contains(alice.id, error.Message);
    }

    [Fact]
    public void B12_the_text_of_a_federated_data_set() =>
        Assert.Equal(
            $"FederatedDataset\n    Distributed accross: {bob.id}, {alice.id}\n    Number of datapoints: 6\n",
            Numbers(1, 2, 3, 4, 5, 6).federate(bob, alice).ToString());

    [Fact]
    public void Disposing_a_federated_data_set_empties_its_workers()
    {
        Numbers(1, 2, 3).federate(bob, alice).Dispose();

        Assert.Empty(bob._objects);
        Assert.Empty(alice._objects);
    }

    private static BaseDataset Numbers(params long[] numbers) => new(tensor(numbers), tensor(numbers));

}
