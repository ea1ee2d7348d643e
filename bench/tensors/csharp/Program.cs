using System.Diagnostics;
using System.Globalization;
using FedNotebook.Benchmarks;

// `nothing` and `first-tensor` are for the start-up time. Otherwise the name of a case: reads counts, does the work that often, and answers
// "wall-clock ns, processor ns, check value".
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

var work = Cases.All[args[0]]();
Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    var count = int.Parse(line, CultureInfo.InvariantCulture);
    var processor = Environment.CpuUsage.TotalTime;
    var start = Stopwatch.GetTimestamp();
    var check = work(count);
    var wall = Stopwatch.GetElapsedTime(start);
    processor = Environment.CpuUsage.TotalTime - processor;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{wall.TotalNanoseconds:F0} {processor.TotalNanoseconds:F0} {check:R}"));
}
