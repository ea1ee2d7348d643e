using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class A_SendAndGet
{
    private readonly VirtualWorker bob = Some.Worker("bob");

    [Fact]
    public void A01_get_gives_back_what_was_sent_and_leaves_nothing()
    {
        var x = tensor(new[] { 1f, 2f });
        var p = x.send(bob);
        Assert.Equal([1f, 2f], Some.Floats(p.get()));
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void A05_the_remote_id_is_the_tensors_own_and_the_pointers_is_fresh()
    {
        var x = tensor(new[] { 1L, 2 });
        var p = x.send(bob);
        Assert.True(bob._objects.ContainsKey(x.id));
        Assert.Equal(x.id, p.id_at_location);
        Assert.NotEqual(p.id, p.id_at_location);
    }

    [Fact]
    public void A08_sending_copies_so_the_local_tensor_is_untouched_by_what_happens_at_bob()
    {
        var x = tensor(new[] { 1L, 2 });
        var p = x.send(bob);
        p.add_(p);
        Assert.Equal([1L, 2], Some.Longs(x));
        Assert.Same(sy.local_worker, p.owner);
        Assert.Same(bob, p.location);
    }

    [Fact]
    public void A09_a_result_is_made_at_bob_and_goes_when_it_is_got()
    {
        var x = tensor(new[] { 1L, 2, 3, 4, 5 }).send(bob);
        var y = tensor(new[] { 1L, 1, 1, 1, 1 }).send(bob);
        var z = x + x;
        Assert.Equal(3, bob._objects.Count);
        Assert.Equal([2L, 4, 6, 8, 10], Some.Longs(z.get()));
        x.get();
        y.get();
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void A13_a_second_get_says_that_the_object_is_gone()
    {
        var p = tensor(new[] { 1f }).send(bob);
        p.get();
        var error = Assert.Throws<ObjectNotFoundError>(() => p.get());
        Assert.Contains($"is not at {bob.id}", error.Message);
    }

    [Fact]
    public void A14_item_on_a_pointer_tells_to_call_get()
    {
        var p = tensor(new[] { 1f }).send(bob);
        Assert.Contains("pointer.get().item<float>()", Assert.Throws<InvalidOperationException>(() => p.item<float>()).Message);
    }

    [Fact]
    public void A_tensor_that_is_sent_twice_is_there_twice()
    {
        var x = tensor(new[] { 1f, 2f });
        var first = x.send(bob);
        var second = x.send(bob);
        first.Dispose();
        Assert.Equal([1f, 2f], Some.Floats(second.get()));
    }

    [Fact]
    public void A_tensor_at_a_worker_survives_the_dispose_scope_in_which_it_was_sent()
    {
        PointerTensor p, sum;
        using (NewDisposeScope())
        {
            p = tensor(new[] { 1f, 2f }).send(bob);
            sum = p + p;
        }

        Assert.Equal([1f, 2f], Some.Floats(p.get()));
        Assert.Equal([2f, 4f], Some.Floats(sum.get()));
    }

    [Fact]
    public void A02_the_variable_may_be_overwritten_by_the_pointer()
    {
        var p = tensor(new[] { 1f, 2f }).send(bob);
        Assert.Equal([1f, 2f], Some.Floats(p.get()));
    }

    [Fact]
    public void A03_a_pointer_can_be_sent_and_got_back()
    {
        var alice = Some.Worker("alice");
        var x = tensor(new[] { 1f, 2f });
        var p = x.send(bob);
        var pp = p.send(alice);
        Assert.Same(alice, pp.location);
        Assert.Single(alice._objects);
        var back = pp.get();
        Assert.Same(bob, back.location);
        Assert.Empty(alice._objects);
        Assert.Equal([1f, 2f], Some.Floats(back.get()));
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void A04_sends_and_gets_can_be_chained_to_any_depth()
    {
        var (alice, charlie) = (Some.Worker("alice"), Some.Worker("charlie"));
        Assert.Equal([1f, 2f], Some.Floats(tensor(new[] { 1f, 2f }).send(bob).send(alice).get().get()));
        Assert.Equal([1f, 2f], Some.Floats(tensor(new[] { 1f, 2f }).send(bob).send(alice).send(charlie).get().get().get()));
        Assert.All([bob, alice, charlie], w => Assert.Empty(w._objects));
    }

    [Fact]
    public void A15_a_pointer_can_be_made_by_hand()
    {
        var p = PointerTensor.create_pointer(location: bob, id_at_location: 1, ptr_id: 2, owner: sy.local_worker);
        Assert.Equal((bob.id, 1L, 2L, "me"), (p.location.id, p.id_at_location, p.id, p.owner.id));
    }

    [Fact]
    public void A10_a_worker_keeps_what_a_message_brings_and_gives_it_to_a_request()
    {
        var x = tensor(new[] { 1f, 2f });
        bob.recv_msg(new ObjectMessage(x.id, x, Label.Of(x)));
        Assert.True(bob._objects.ContainsKey(x.id));
        var back = (Tensor)bob.recv_msg(new ObjectRequestMessage(x.id))!;
        Assert.Equal(x.id, back.id);
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void A11_a_worker_asks_another_for_an_object()
    {
        var x = tensor(new[] { 1f, 2f });
        var p = x.send(bob);
        Assert.Equal([1f, 2f], Some.Floats((Tensor)Some.Worker("alice").request_obj(p.id_at_location, bob)));
        Assert.Empty(bob._objects);
    }
}
