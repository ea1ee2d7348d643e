using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class K_FederatedDataLoader
{
    private readonly VirtualWorker bob = Some.Worker("bob");
    private readonly VirtualWorker alice = Some.Worker("alice");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void K01_batches_come_worker_by_worker(bool dropLast)
    {
        var loader = new FederatedDataLoader(Federated(2, 4), batch_size: 2, drop_last: dropLast);

        Assert.Equal(
            [(bob.id, "0 1"), (alice.id, "100 101"), (alice.id, "102 103")],
            Batches(loader));
        Assert.Equal(3, loader.Count);
    }

    [Fact]
    public void K02_shuffle_mixes_within_a_worker_only_and_anew_each_epoch()
    {
        var loader = new FederatedDataLoader(Federated(50, 60), batch_size: 7, shuffle: true, seed: 1);
        var orders = new HashSet<string>();

        for (var epoch = 0; epoch < 3; epoch++)
        {
            var batches = Batches(loader);
            Assert.Equal([.. Enumerable.Repeat(bob.id, 8), .. Enumerable.Repeat(alice.id, 9)], batches.Select(batch => batch.worker));
            var bobs = Rows(batches.Where(batch => batch.worker == bob.id));
            Assert.NotEqual(bobs.Order(), bobs);
            Assert.Equal(Enumerable.Range(0, 50), bobs.Order());
            Assert.Equal(Enumerable.Range(100, 60), Rows(batches.Where(batch => batch.worker == alice.id)).Order());
            orders.Add(string.Join(' ', bobs));
        }

        Assert.Equal(3, orders.Count);
    }

    [Fact]
    public void K02_a_seed_makes_the_shuffling_repeatable()
    {
        var federated = Federated(20, 20);

        Assert.Equal(
            Batches(new FederatedDataLoader(federated, shuffle: true, seed: 7)),
            Batches(new FederatedDataLoader(federated, shuffle: true, seed: 7)));
        Assert.NotEqual(
            Batches(new FederatedDataLoader(federated, shuffle: true, seed: 7)),
            Batches(new FederatedDataLoader(federated, shuffle: true, seed: 8)));
    }

    [Fact]
    public void K02_data_and_targets_stay_together()
    {
        foreach (var (data, target) in new FederatedDataLoader(Federated(9, 5), batch_size: 4, shuffle: true))
            Assert.Equal(data.get().data<long>().ToArray().Select(x => -x), target.get().data<long>().ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void K04_iter_per_worker_has_a_batch_of_each_worker_every_step_and_ends_at_the_shortest(bool shuffle)
    {
        var james = Some.Worker("james");
        var federated = new FederatedDataset(Numbers(0, 2).send(bob), Numbers(100, 4).send(alice), Numbers(200, 5).send(james));
        var steps = 0;

        foreach (var batches in new FederatedDataLoader(federated, batch_size: 2, shuffle: shuffle).iter_per_worker())
        {
            steps++;
            Assert.Equal([bob, alice, james], batches.Keys);
            foreach (var (worker, (data, target)) in batches)
            {
                Assert.Same(worker, data.location);
                Assert.Equal([2L], data.shape);
                Assert.Equal(Some.Longs(data.get()).Select(x => -x), Some.Longs(target.get()));
            }
        }

        Assert.Equal(1, steps);
        Assert.All(new[] { bob, alice, james }, worker => Assert.Equal(2, worker._objects.Count));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void K04_iter_per_worker_reads_smaller_last_batches_unless_they_are_dropped(bool dropLast, int steps)
    {
        var loader = new FederatedDataLoader(Federated(3, 5), batch_size: 2, drop_last: dropLast);

        Assert.Equal(steps, loader.iter_per_worker().Count());
        Assert.Equal(steps, loader.iter_per_worker().Count());
        Assert.Equal((2, 2), (bob._objects.Count, alice._objects.Count));
    }

    [Fact]
    public void K05_one_worker_is_enough()
    {
        var loader = new FederatedDataLoader(Numbers(0, 5).federate(bob), batch_size: 2, num_iterators: 4);

        Assert.Equal(1, loader.num_iterators);
        Assert.Equal([(bob.id, "0 1"), (bob.id, "2 3"), (bob.id, "4")], Batches(loader));
    }

    [Fact]
    public void K05_several_iterators_take_turns_and_lose_nothing()
    {
        var charlie = Some.Worker("charlie");
        var federated = new FederatedDataset(Numbers(0, 3).send(bob), Numbers(100, 5).send(alice), Numbers(200, 2).send(charlie));

        var loader = new FederatedDataLoader(federated, batch_size: 2, num_iterators: 2);

        Assert.Equal(
            [(bob.id, "0 1"), (alice.id, "100 101"), (bob.id, "2"), (alice.id, "102 103"), (charlie.id, "200 201"), (alice.id, "104")],
            Batches(loader));
        Assert.Equal(6, loader.Count);
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 3)]
    public void K06_count_equals_the_steps_with_unequal_workers(bool dropLast, int steps)
    {
        var loader = new FederatedDataLoader(Federated(3, 5), batch_size: 2, drop_last: dropLast);

        Assert.Equal(steps, loader.Count);
        Assert.Equal(steps, Batches(loader).Count);
    }

    [Fact]
    public void K08_the_defaults_are_PySyfts()
    {
        var loader = new FederatedDataLoader(Federated(2, 4));

        Assert.Equal(8, loader.batch_size);
        Assert.False(loader.shuffle);
        Assert.Equal(1, loader.num_iterators);
        Assert.False(loader.drop_last);
        Assert.Equal([bob.id, alice.id], loader.workers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void K08_a_batch_size_that_makes_no_sense_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FederatedDataLoader(Federated(2, 4), batch_size: size));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void K09_a_batch_costs_the_same_messages_whatever_its_size(bool shuffle)
    {
        var federated = Federated(256, 1);
        bob.log_msgs = true;

        int MessagesPerBatch(int batchSize)
        {
            var before = bob.msg_history.Count;
            var loader = new FederatedDataLoader(federated, batchSize, shuffle);
            foreach (var _ in loader)
            {
            }

            return (bob.msg_history.Count - before) / (256 / batchSize);
        }

        Assert.Equal(MessagesPerBatch(2), MessagesPerBatch(128));
        Assert.InRange(MessagesPerBatch(64), 1, 8);
    }

    [Fact]
    public void E11_an_epoch_leaves_nothing_behind()
    {
        var loader = new FederatedDataLoader(Federated(50, 70), batch_size: 8, shuffle: true);

        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var (data, target) in loader)
                Assert.InRange(data.location._objects.Count, 2, 4);

            Assert.Equal(2, bob._objects.Count);
            Assert.Equal(2, alice._objects.Count);
        }
    }

    [Fact]
    public void E11_leaving_an_epoch_early_leaves_nothing_behind()
    {
        foreach (var _ in new FederatedDataLoader(Federated(50, 70), batch_size: 8, shuffle: true))
            break;

        Assert.Equal(2, bob._objects.Count);
    }

    [Fact]
    public void Batches_that_are_kept_stay_at_their_workers()
    {
        var batches = new FederatedDataLoader(Federated(2, 4), batch_size: 2, disposeBatch: false).ToList();

        Assert.Equal([102L, 103], batches[2].data.get().data<long>().ToArray());
        Assert.Equal([0L, 1], batches[0].data.get().data<long>().ToArray());
    }

    [Fact]
    public void A_batch_may_be_got_or_disposed_by_hand()
    {
        foreach (var (data, target) in new FederatedDataLoader(Federated(2, 4), batch_size: 2))
        {
            Assert.Equal([2L], data.get().shape);
            target.Dispose();
        }

        Assert.Equal(2, bob._objects.Count);
        Assert.Equal(2, alice._objects.Count);
    }

    private FederatedDataset Federated(int bobs, int alices) =>
        new(Numbers(0, bobs).send(bob), Numbers(100, alices).send(alice));

    private static BaseDataset Numbers(long first, long count) =>
        new(arange(first, first + count, dtype: ScalarType.Int64), arange(first, first + count, dtype: ScalarType.Int64).neg());

    private static List<(string worker, string rows)> Batches(FederatedDataLoader loader) =>
        [.. loader.Select(batch => (batch.data.location.id, string.Join(' ', batch.data.get().data<long>().ToArray())))];

    private static List<int> Rows(IEnumerable<(string worker, string rows)> batches) =>
        [.. batches.SelectMany(batch => batch.rows.Split(' ')).Select(int.Parse)];
}
