using System.Diagnostics;

namespace PointerBenchmark;

/// <summary>Measures two ways of doing one thing, in turns.</summary>
internal static class Rounds
{
    public static (double first, double second) Medians(Action first, Action second, int rounds)
    {
        first();
        second();
        var times = (first: new List<double>(), second: new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            times.first.Add(Time(first));
            times.second.Add(Time(second));
        }

        return (Median(times.first), Median(times.second));
    }

    /// <summary>Microseconds.</summary>
    public static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
