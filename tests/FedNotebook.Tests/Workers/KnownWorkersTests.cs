namespace FedNotebook.Tests.Workers;

public class KnownWorkersTests
{
    [Fact]
    public void They_are_listed_in_the_order_of_their_ids()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"known-in-order-{i:00}")];
        foreach (var id in ids.Reverse()) sy.VirtualWorker(id);

        Assert.Equal(ids, sy.local_worker._known_workers.Keys.Where(id => id.StartsWith("known-in-order-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Many_threads_that_name_one_worker_get_the_same_one()
    {
        var made = new VirtualWorker[200];
        Parallel.For(0, made.Length, i => made[i] = sy.VirtualWorker($"known-by-threads-{i % 10}"));

        Assert.Equal(10, made.Distinct().Count());
        foreach (var worker in made) Assert.Same(worker, sy.local_worker.get_worker(worker.id));
    }
}
