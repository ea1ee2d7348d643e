using System.Diagnostics;

namespace FederatedBenchmark;

/// <summary>Measures several ways of doing one thing, in turns: what else the machine does then hits all of them alike.</summary>
internal static class InTurns
{
    /// <summary>The median seconds of each way, after one turn to warm up.</summary>
    public static double[] Medians(int turns, params Action[] ways)
    {
        foreach (var way in ways) way();
        var seconds = ways.Select(_ => new double[turns]).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            // The order changes, so that nobody always comes after the same one.
            for (var i = 0; i < ways.Length; i++) seconds[(i + turn) % ways.Length][turn] = Seconds(ways[(i + turn) % ways.Length]);
        }

        return [.. seconds.Select(own => own.Order().ElementAt(turns / 2))];
    }

    private static double Seconds(Action way)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        way();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
