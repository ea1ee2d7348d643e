using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class D_Move
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void D01_move_takes_the_tensor_from_bob_to_alice(bool gradient)
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: gradient).send(bob);
        x.move(alice);
        Assert.Empty(bob._objects);
        Assert.True(alice._objects.ContainsKey(x.id_at_location));
        Assert.Single(alice._objects);
        Assert.Equal([1f, 2f], Some.Floats(x.get().detach()));
    }

    [Fact]
    public void D02_the_moved_pointer_is_the_same_object_with_one_id_on_both_sides()
    {
        var x = tensor(new[] { 1f }).send(bob);
        Assert.Same(x, x.move(alice));
        Assert.Equal($"(Wrapper)>[PointerTensor | me:{x.id} -> {alice.id}:{x.id}]", x.ToString());
    }

    [Fact]
    public void D06_ownership_moves_with_the_pointer()
    {
        var x = tensor(new[] { 1f }).send(bob).move(alice);
        x.Dispose();
        Assert.Empty(alice._objects);
    }

    [Fact]
    public void D08_moving_to_where_it_is_changes_nothing()
    {
        var x = tensor(new[] { 1f }).send(bob);
        x.move(bob);
        Assert.Equal([1f], Some.Floats(x.get()));
    }

    [Fact]
    public void D04_remote_get_makes_a_chain_one_shorter()
    {
        var pp = tensor(new[] { 1f, 2f }).send(bob).send(alice);
        var p = pp.remote_get();
        Assert.Empty(bob._objects);
        Assert.Single(alice._objects);
        Assert.Same(alice, p.location);
        Assert.Equal([1f, 2f], Some.Floats(p.get()));
    }

    [Fact]
    public void D05_remote_get_of_a_single_pointer_is_an_error() =>
        Assert.Throws<InvalidTensorForRemoteGet>(() => tensor(new[] { 1f }).send(bob).remote_get());

    [Fact]
    public void D08_sending_to_me_and_chains_over_me_lose_nothing()
    {
        var me = sy.local_worker;
        Assert.Equal([1f], Some.Floats(tensor(new[] { 1f }).send(me).get()));
        Assert.Equal([1f], Some.Floats(tensor(new[] { 1f }).send(bob).send(me).get().get()));
        Assert.Equal([1f], Some.Floats(tensor(new[] { 1f }).send(me).send(me).get().get()));
    }
}
