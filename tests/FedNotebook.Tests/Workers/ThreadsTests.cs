using static TorchSharp.torch;

namespace FedNotebook.Tests.Workers;

public class ThreadsTests
{
    [Fact]
    public void Threads_that_share_a_worker_lose_and_double_nothing()
    {
        var bob = Some.Worker("bob");
        var shared = tensor(new[] { 1f, 2f }).send(bob);
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 500; i++)
            {
                var p = tensor(new[] { (float)thread, i }).send(bob);
                var sum = p + shared;
                Assert.Equal([thread + 1f, i + 2f], Some.Floats(sum.get()));
                p.Dispose();
            }
        });
        Assert.Single(bob._objects);
        Assert.Equal([1f, 2f], Some.Floats(shared.get()));
    }

    [Fact]
    public void Of_many_threads_that_get_one_object_one_has_it()
    {
        var bob = Some.Worker("bob");
        for (var i = 0; i < 50; i++)
        {
            var id = tensor(new[] { 1f }).send(bob, garbage_collect_data: false).id_at_location;
            var got = 0;
            Parallel.For(0, 4, _ =>
            {
                try
                {
                    bob.recv_msg(new ObjectRequestMessage(id));
                    Interlocked.Increment(ref got);
                }
                catch (ObjectNotFoundError)
                {
                }
            });
            Assert.Equal(1, got);
        }
    }
}
