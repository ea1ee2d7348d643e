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
}
