using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Pointers;

public class LifetimeTests
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void An_exception_or_a_break_in_the_middle_of_an_epoch_leaves_only_the_data()
    {
        foreach (var shuffle in (bool[])[true, false])
        {
            using var data = sy.BaseDataset(rand(20, 2), rand(20, 1)).federate(bob, alice);
            var loader = sy.FederatedDataLoader(data, batch_size: 3, shuffle: shuffle, num_iterators: 2);
            for (var at = 0; at < 3; at++)
            {
                var step = 0;
                Assert.Throws<TimeoutException>(() =>
                {
                    foreach (var _ in loader)
                        if (step++ == at) throw new TimeoutException();
                });
                foreach (var _ in loader) break;
                foreach (var _ in loader.iter_per_worker()) break;
                Assert.Equal((2, 2), (bob.objects_count, alice.objects_count));
            }
        }

        Assert.Equal((0, 0), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void An_enumerator_that_was_abandoned_leaves_only_the_data()
    {
        using var data = sy.BaseDataset(rand(20, 2), rand(20, 1)).federate(bob, alice);
        Abandon(data);
        Collect();
        Assert.Equal((2, 2), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void Finalizers_and_threads_delete_what_was_dropped_and_nothing_else()
    {
        var kept = ones(3).send(bob);
        Parallel.For(0, 4, _ => Drop(200));
        Collect();
        Assert.Equal([kept.id_at_location], bob._objects.Keys);
        Assert.Equal([1f, 1f, 1f], Some.Floats(kept.get()));
    }

    [Fact]
    public void Who_holds_a_part_holds_the_whole()
    {
        var part = DataOf(tensor(new[] { 1f, 2 }).send(bob));
        Collect();
        Assert.Equal([2f, 4], Some.Floats((part * 2).get()));
        GC.KeepAlive(part);
    }

    [Fact]
    public void Pointers_outlive_a_cleared_store_without_harm()
    {
        var (p, chain, model) = (ones(2).send(bob), ones(2).send(alice).send(bob), nn.Linear(2, 1).send(bob));
        bob.clear_objects();
        Assert.Empty(alice._objects);
        Assert.Throws<ObjectNotFoundError>(() => p.get());
        Assert.Throws<ObjectNotFoundError>(() => p + 1);
        Assert.Throws<ObjectNotFoundError>(() => chain.get());
        Assert.Throws<ObjectNotFoundError>(() => model.get());
        p.Dispose();
        chain.Dispose();
        Assert.Same(alice, model.send(alice).get().send(alice).location);
        model.get();
        Assert.Equal((0, 0), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void What_a_worker_refuses_stays_with_the_sender()
    {
        var full = new Full(Some.Worker("full").id + "!");
        var model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 3), nn.Linear(3, 1));
        Assert.Throws<InvalidOperationException>(() => model.send(full));
        Assert.Throws<ModelLocationException>(() => model.location);
        Assert.Throws<InvalidOperationException>(() => ones(2).send(bob, full));
        Collect();
        Assert.Empty(bob._objects);

        var p = ones(2).send(bob);
        Assert.Throws<InvalidOperationException>(() => p.send(full));
        Assert.Throws<WorkerNotFoundException>(() => p.move(full)); // nobody in this process knows it
        Assert.Equal([1f, 1f], Some.Floats(p.get()));
        Assert.Throws<InvalidOperationException>(() => sy.BaseDataset(rand(4, 2), rand(4, 1)).federate(bob, full));
        Collect();
        Assert.Empty(bob._objects);

        var config = new TrainConfig(nn.Linear(2, 1), (a, b) => a);
        var picky = new Full(Some.Worker("picky").id + "!") { Refuses = o => o is Delegate };
        Assert.Throws<InvalidOperationException>(() => config.send(picky));
        Assert.Empty(picky.Held);
        Assert.Throws<ModelLocationException>(() => config.model!.location);
    }

    [Fact]
    public void A_configuration_that_was_sent_goes_by_dispose_by_sending_again_and_with_its_model()
    {
        var model = nn.Linear(2, 1);
        var config = new TrainConfig(model, (a, b) => a);
        config.send(bob);
        Assert.Equal(3, bob.objects_count);
        model.get();
        config.send(bob);
        Assert.Equal(3, bob.objects_count);
        config.Dispose();
        Assert.Equal(1, bob.objects_count);
        model.get();
        SendAndForget();
        Collect();
        Assert.Empty(bob._objects);
        GC.KeepAlive(config);
    }

    [Fact]
    public void A_multi_pointer_is_got_whole_or_not_at_all()
    {
        var open = ones(2).send(alice);
        var both = sy.combine_pointers(open, ones(2).private_tensor(["ada"]).send(bob, user: "ada"));
        Assert.Throws<GetNotPermittedError>(() => both.get());
        Assert.Equal((1, 1), (bob.objects_count, alice.objects_count));
        Assert.Equal([2f, 2f], Some.Floats(both.get(sum_results: true, user: "ada")));
        Assert.Equal((0, 0), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void What_was_got_is_ones_own_whatever_happens_at_the_worker()
    {
        var x = ones(3).send(bob);
        var view = x.view(-1);
        var mine = x.get();
        view.fill_(5);
        Assert.Equal([1f, 1f, 1f], Some.Floats(mine));
        Assert.Equal([5f, 5f, 5f], Some.Floats(view.get()));
    }

    [Fact]
    public void An_operation_that_gives_back_its_argument_makes_an_object_of_its_own()
    {
        var x = ones(3).send(bob);
        using (var same = nn.Identity().send(bob).forward(x)) Assert.NotEqual(x.id_at_location, same.id_at_location);
        x.to(CPU).Dispose();
        x.contiguous().Dispose();
        x.amax([0L], false, zeros(1).send(bob).sum()).Dispose();
        Assert.Equal([1f, 1f, 1f], Some.Floats(x.get()));

        var giver = new GivesItsWeight().send(bob);
        giver.forward(ones(1).send(bob)).Dispose();
        Assert.Equal([7f], Some.Floats(giver.get().weight.detach()));
        Collect();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PointerTensor DataOf(PointerTensor pointer) => pointer.data;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(FederatedDataset data)
    {
        for (var i = 0; i < 5; i++)
        {
            var batches = sy.FederatedDataLoader(data, batch_size: 3).GetEnumerator();
            batches.MoveNext();
            batches.MoveNext();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drop(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var p = ones(3).send(bob);
            _ = p + p;
            _ = p.view(-1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendAndForget()
    {
        var model = nn.Linear(2, 1);
        new TrainConfig(model, static (a, b) => a).send(bob);
        model.get();
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>A worker that takes nothing, or not everything.</summary>
    private sealed class Full(string id) : BaseWorker(id)
    {
        public Func<object, bool> Refuses { get; init; } = _ => true;

        public Dictionary<long, object> Held { get; } = [];

        public override IReadOnlyDictionary<long, object> _objects => Held;

        public override BaseWorker clear_objects() => this;

        protected override object? Handle(Message message)
        {
            switch (message)
            {
                case ObjectMessage m when Refuses(m.Object): throw new InvalidOperationException("full");
                case ObjectMessage m:
                    Held.Add(m.Id, m.Object);
                    return new ObjectDescriptor(m.Id);
                case ObjectRequestMessage m:
                    Held.Remove(m.Id, out var item);
                    return item;
                case ForceObjectDeleteMessage m:
                    Held.Remove(m.Id);
                    return null;
                default: throw new NotSupportedException();
            }
        }
    }

    private sealed class GivesItsWeight : nn.Module<Tensor, Tensor>
    {
        public readonly TorchSharp.Modules.Parameter weight = new(full(1, 7f));

        public GivesItsWeight() : base(nameof(GivesItsWeight)) => RegisterComponents();

        public override Tensor forward(Tensor input) => weight;
    }
}
