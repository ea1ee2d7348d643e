using System.Diagnostics;
using System.Globalization;
using FedNotebook.Benchmarks;

// `nothing` and `first-tensor` are for the start-up time. Otherwise: reads "case count" lines, does the case that often,
// and answers "wall-clock ns, processor ns, check value".
switch (args.FirstOrDefault())
{
    case "nothing":
        Console.WriteLine("ready");
        return;
    case "first-tensor":
        Cases.FirstTensor();
        Console.WriteLine("ready");
        return;
}

var cases = Cases.Make();
Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    var (name, count) = line.Split(' ') is [var n, var c] ? (n, int.Parse(c)) : throw new ArgumentException(line);
    var processor = Environment.CpuUsage.TotalTime;
    var start = Stopwatch.GetTimestamp();
    var check = cases[name](count);
    var wall = Stopwatch.GetElapsedTime(start);
    processor = Environment.CpuUsage.TotalTime - processor;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall.TotalNanoseconds:F0} {processor.TotalNanoseconds:F0} {check:R}"));
}
