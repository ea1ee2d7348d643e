using System.Diagnostics;

namespace FederatedBenchmark;

/// <summary>Measures several ways of doing one thing, in turns: what else the machine does then hits all of them alike.</summary>
internal static class InTurns
{
    /// <summary>The median seconds of each way, after one turn to warm up: by the wall clock, and of the processor over all threads of the process.</summary>
    public static (double wall, double processor)[] Medians(int turns, params Action[] ways)
    {
        foreach (var way in ways) way();
        var seconds = ways.Select(_ => new (double wall, double processor)[turns]).ToArray();
        for (var turn = 0; turn < turns; turn++)
        {
            // The order changes, so that nobody always comes after the same one.
            for (var i = 0; i < ways.Length; i++) seconds[(i + turn) % ways.Length][turn] = Seconds(ways[(i + turn) % ways.Length]);
        }

        return [.. seconds.Select(own => (Median(own, turn => turn.wall), Median(own, turn => turn.processor)))];
    }

    private static (double wall, double processor) Seconds(Action way)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        way();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private static double Median((double wall, double processor)[] turns, Func<(double wall, double processor), double> which) =>
        turns.Select(which).Order().ElementAt(turns.Length / 2);
}
