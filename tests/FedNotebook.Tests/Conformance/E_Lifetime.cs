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
}
