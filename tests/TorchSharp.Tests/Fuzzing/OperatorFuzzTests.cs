using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp.Tests.Fuzzing;

/// <summary>
/// Random operators with random arguments, in a process of its own: whatever comes, it survives, and what is refused is refused in words.
/// FED_FUZZ_SECONDS makes it longer, FED_FUZZ_SEED another.
/// </summary>
public partial class OperatorFuzzTests(ITestOutputHelper output)
{
    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public async Task Any_operator_survives_any_arguments()
    {
        var file = Path.GetTempFileName();
        try
        {
            var seconds = Setting("FED_FUZZ_SECONDS", 6);
            var start = new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList = { "-method", $"{typeof(OperatorFuzzTests).FullName}.{nameof(The_child_of_the_fuzz_test)}", "-explicit", "on", "-noLogo" },
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
            start.Environment["FED_FUZZ_LOG"] = file;
            start.Environment["FED_FUZZ_SECONDS"] = seconds.ToString(CultureInfo.InvariantCulture);
            using var child = Process.Start(start)!;
            var text = child.StandardOutput.ReadToEndAsync();
            var errors = child.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds((seconds * 4) + 60));
            try
            {
                await child.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                child.Kill();
                Assert.Fail("It hangs in: " + File.ReadLines(file).LastOrDefault());
            }

            var lines = File.ReadAllLines(file);
            Assert.True(child.ExitCode == 0, $"The process ended with {child.ExitCode} in: {lines.LastOrDefault()}\n{await text}\n{await errors}");
            Assert.Equal([], lines.Where(l => l.StartsWith("BAD TEXT")));
            output.WriteLine(lines[^1]);
            Assert.Matches(@"^\d+ calls, \d+ succeeded, ", lines[^1]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact(Explicit = true)]
    public void The_child_of_the_fuzz_test()
    {
        var path = Environment.GetEnvironmentVariable("FED_FUZZ_LOG");
        if (path is null) Assert.Skip("started by the fuzz test only");
        using var log = new StreamWriter(path);
        torch.ones(2, 2).mm(torch.ones(2, 2)).Dispose();
        LimitMemory(2L << 30);
        var fuzz = new OperatorFuzz(Setting("FED_FUZZ_SEED", 1), log);
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * Setting("FED_FUZZ_SECONDS", 6));
        var number = Setting("FED_FUZZ_FIRST", 0);
        var first = number;
        for (; Stopwatch.GetTimestamp() < until; number += 200) fuzz.Run(number, 200);
        log.WriteLine($"{number - first} calls, {fuzz.Succeeded} succeeded, {fuzz.Refused} were refused");
    }

    /// <summary>So that an absurd size fails here and not in the machine's memory.</summary>
    private static void LimitMemory(long more)
    {
        var used = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmSize")).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        var limit = (ulong)((long.Parse(used, CultureInfo.InvariantCulture) << 10) + more);
        Assert.Equal(0, SetLimit(9, [limit, limit]));
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong[] limits);
}
