using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class H_Workers
{
    [Fact]
    public void H03_making_bob_again_gives_the_same_bob()
    {
        var name = Some.Worker("bob").id;
        var x = tensor(new[] { 1f }).send(sy.VirtualWorker(name));
        var y = tensor(new[] { 2f }).send(sy.VirtualWorker(sy.TorchHook(), id: name));
        Assert.Equal([3f], Some.Floats((x + y).get()));
    }

    [Fact]
    public void H07_messages_are_logged_when_asked_for()
    {
        var bob = Some.Worker("bob");
        bob.log_msgs = true;
        var p = tensor(new[] { 1f }).send(bob);
        Assert.Equal(MessageType.OBJ, bob.msg_history[^1].Type);
        var sum = p + p;
        Assert.Equal(MessageType.CMD, bob.msg_history[^1].Type);
        _ = sum.shape;
        Assert.Equal(MessageType.GET_SHAPE, bob.msg_history[^1].Type);
        sum.get();
        Assert.Equal(MessageType.OBJ_REQ, bob.msg_history[^1].Type);
    }

    [Fact]
    public void The_local_worker_is_me()
    {
        Assert.Equal("me", sy.local_worker.id);
        Assert.Same(sy.local_worker, sy.TorchHook().local_worker);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_worker_needs_a_name(string name) => Assert.Contains("needs a name", Assert.Throws<ArgumentException>(() => sy.VirtualWorker(name)).Message);

    [Fact]
    public void H01_workers_find_one_another_by_id_or_as_they_are()
    {
        var (bob, alice) = Some.BobAndAlice();
        Assert.Same(alice, bob.get_worker(alice.id));
        Assert.Same(alice, bob.get_worker(alice));
        var x = tensor(new[] { 1f });
        Assert.True(sy.VirtualWorker(Some.Worker("owner").id, data: [x])._objects.ContainsKey(x.id));
    }

    [Fact]
    public void H02_an_unknown_worker_is_an_error_or_null()
    {
        var bob = Some.Worker("bob");
        Assert.Null(bob.get_worker("nobody at all"));
        Assert.Contains("\"nobody at all\"", Assert.Throws<WorkerNotFoundException>(() => bob.get_worker("nobody at all", fail_hard: true)).Message);
    }

    [Fact]
    public void H04_a_name_belongs_to_one_type_of_worker()
    {
        var name = "quiet " + Guid.NewGuid();
        WorkerRegistry.GetOrAdd(name, id => new Quiet(id));
        Assert.StartsWith("Worker initialized with the same id and different types.", Assert.Throws<WorkerTypeException>(() => sy.VirtualWorker(name)).Message);
    }

    [Fact]
    public void H05_clearing_by_one_handle_is_seen_by_the_other()
    {
        var bob = Some.Worker("bob");
        var again = sy.VirtualWorker(bob.id);
        var p = tensor(new[] { 1f }).send(bob);
        Assert.Equal(1, again.objects_count);
        again.clear_objects();
        Assert.Equal(0, bob.objects_count);
        var q = tensor(new[] { 1f }).send(again);
        Assert.Equal((1, 1), (bob.objects_count, again.objects_count));
        GC.KeepAlive((p, q));
    }

    [Fact]
    public void H09_me_knows_itself() => Assert.Same(sy.local_worker, sy.local_worker._known_workers["me"]);

    private sealed class Quiet(string id) : BaseWorker(id)
    {
        public override IReadOnlyDictionary<long, object> _objects { get; } = new Dictionary<long, object>();

        public override BaseWorker clear_objects() => this;

        protected override object? Handle(Message message) => null;
    }

    [Fact]
    public void H06_a_command_to_the_worker_itself_runs_its_method()
    {
        var bob = Some.Worker("bob");
        var p = tensor(new[] { 1L }).send(bob);
        Assert.Equal(1, bob.recv_msg(new OperationMessage("self.objects_count", [])));
        Assert.Equal($"{{{p.id_at_location}: tensor([1])}}", bob.recv_msg(new OperationMessage("self.list_objects", [])));
        Assert.Equal(0, bob.recv_msg(new OperationMessage("self.clear_objects", [])));
        Assert.Throws<UnsupportedOperationException>(() => bob.recv_msg(new OperationMessage("self.destruct", [])));
    }
}
