namespace PointerBenchmark;

/// <summary>Workers with many objects.</summary>
internal static class Stores
{
    public static void Report()
    {
        // Each round has tensors of its own: a tensor's id is made at its first send.
        var starts = Enumerable.Range(0, 15).Select(round =>
        {
            var tensors = Enumerable.Range(0, 10_000).Select(_ => tensor(1f)).ToList();
            return Rounds.Time(() => sy.VirtualWorker("full " + round, tensors));
        }).ToList();
        var start = Rounds.Median(starts) / 1000;
        Console.WriteLine($"A worker with 10,000 objects starts in {start:F1} ms (target: under 5).");

        var pointers = new List<PointerTensor>();
        var workers = Enumerable.Range(0, 10).Select(i => sy.VirtualWorker("searched " + i)).ToArray();
        foreach (var worker in workers)
            for (var i = 0; i < 10_000; i++)
                pointers.Add(tensor(1f).tag("#data", i % 1000 == 7 ? "#rare" : "#common").send(worker));
        var grid = sy.PrivateGridNetwork(workers);
        var hits = 0;
        var times = Enumerable.Range(0, 21).Select(_ => Rounds.Time(() => hits = grid.search("#data", "#rare").Values.Sum(found => found.Count))).ToList();
        Console.WriteLine($"A search over 100,000 tagged objects in 10 workers finds {hits} in {Rounds.Median(times) / 1000:F1} ms (target: under 20).");
        GC.KeepAlive(pointers);
    }
}
