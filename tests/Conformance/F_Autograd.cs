using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class F_Autograd
{
    private readonly VirtualWorker bob = Some.Worker("bob");

    [Fact]
    public void F02_a_gradient_that_was_computed_at_bob_travels_back()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, requires_grad: true).send(bob);
        x.sum().backward();
        Assert.Equal([1f, 1f, 1f, 1f], Some.Floats(x.get().grad!));
    }

    [Fact]
    public void F03_a_local_gradient_survives_the_way_there_and_back()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        x.sum().backward();
        Assert.Equal([1f, 1f], Some.Floats(x.send(bob).get().grad!));
    }

    [Fact]
    public void A_result_comes_home_without_its_graph()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true).send(bob);
        Assert.False((x * 2).get().requires_grad);
    }

    [Fact]
    public void F01_a_gradient_is_computed_where_the_tensor_is()
    {
        var x = tensor(new[] { 1f, 2f, 3f, 4f }, requires_grad: true).send(bob);
        (x + x).sum().backward();
        Assert.Equal([2f, 2f, 2f, 2f], Some.Floats(x.grad!.clone().get()));
    }

    [Fact]
    public void F04_the_gradient_has_a_pointer_after_backward_and_F05_none_before()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true).send(bob);
        Assert.Null(x.grad);
        x.sum().backward();
        Assert.Equal([2L], x.grad!.shape);
    }

    [Fact]
    public void F05_the_gradient_is_null_while_there_is_none() => Assert.Null(tensor(new[] { 1f }, requires_grad: true).send(bob).grad);

    [Fact]
    public void F06_a_part_cannot_leave_its_object()
    {
        var x = tensor(new[] { 1f, 2f }, requires_grad: true).send(bob);
        x.sum().backward();
        Assert.Contains("Call .clone().get() instead.", Assert.Throws<CannotRequestObjectAttribute>(() => x.grad!.get()).Message);
        Assert.Contains("data", Assert.Throws<CannotRequestObjectAttribute>(() => x.data.move(Some.Worker())).Message);
    }
}
