using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class E_Lifetime
{
    private readonly VirtualWorker bob = Some.Worker("bob");

    [Fact]
    public void E01_disposing_a_pointer_deletes_the_tensor_at_once()
    {
        var p = tensor(new[] { 1f }).send(bob);
        p.Dispose();
        p.Dispose();
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void E02_a_dropped_pointer_is_deleted_after_the_collector_found_it()
    {
        SendAndDrop();
        Collect();
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void E06_a_drop_sends_one_message_and_a_get_none()
    {
        bob.log_msgs = true;
        tensor(new[] { 1f }).send(bob).get();
        Collect();
        Assert.DoesNotContain(bob.msg_history, m => m.Type == MessageType.FORCE_OBJ_DEL);
        SendAndDrop();
        Collect();
        _ = bob._objects.Count;
        Assert.Equal(1, bob.msg_history.Count(m => m.Type == MessageType.FORCE_OBJ_DEL));
    }

    [Fact]
    public void E09_clear_objects_empties_the_store_and_returns_the_worker()
    {
        var p = tensor(new[] { 1f }).send(bob);
        Assert.Same(bob, bob.clear_objects());
        Assert.Empty(bob._objects);
        Assert.Throws<ObjectNotFoundError>(() => p.get());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendAndDrop() => tensor(new[] { 1f }).send(bob);

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void E03_disposing_a_chain_clears_every_hop_though_the_inner_pointer_lives()
    {
        var alice = Some.Worker("alice");
        var p = tensor(new[] { 1f }).send(bob);
        var pp = p.send(alice);
        pp.Dispose();
        Assert.Empty(alice._objects);
        Assert.Empty(bob._objects);
        Assert.Throws<ObjectNotFoundError>(() => p.get());
    }

    [Fact]
    public void E04_a_pointer_that_owns_nothing_leaves_the_tensor_there()
    {
        Assert.True(tensor(new[] { 1f }).send(bob).gc);
        tensor(new[] { 1f }).send(bob, garbage_collect_data: false).Dispose();
        tensor(new[] { 1f }).send(bob).disable_gc.Dispose();
        SendAndKeep();
        Collect();
        Assert.True(bob._objects.Count >= 3);
        bob.clear_objects();
    }

    [Fact]
    public void E08_pointers_to_parts_own_nothing()
    {
        var p = tensor(new[] { 1f }, requires_grad: true).send(bob);
        p.sum().backward();
        p.grad!.Dispose();
        p.data.Dispose();
        Assert.Equal([1f], Some.Floats(p.grad!.clone().get()));
    }

    [Fact]
    public void A_scope_disposes_what_was_made_in_it_but_what_is_kept()
    {
        PointerTensor kept;
        using (var scope = sy.scope())
        {
            var p = tensor(new[] { 1f }).send(bob);
            using (sy.scope()) _ = p + p;
            Assert.Single(bob._objects);
            kept = scope.keep(p * 3);
        }

        Assert.Single(bob._objects);
        Assert.Equal([3f], Some.Floats(kept.get()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendAndKeep() => tensor(new[] { 1f }).send(bob, garbage_collect_data: false);
}
