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
}
