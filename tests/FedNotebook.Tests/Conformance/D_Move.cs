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
}
