using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FedNotebook.Notebooks;

/// <summary>The clone that the tests run in, and what ./fednb built there.</summary>
internal static class Clone
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string Kernel => Path.Combine(Root, "artifacts", "fednb", "fednb.dll");

    /// <summary>Skips the test when the kernel was not built.</summary>
    public static void NeedsKernel() => Assert.SkipUnless(File.Exists(Kernel), "There is no artifacts/fednb: ./fednb test builds it.");

    /// <summary>Skips the test when a program is missing that ./fednb test would have installed.</summary>
    public static void Needs(string program) => Assert.SkipUnless(File.Exists(program), $"{program} is not installed; ./fednb test installs it where it may.");

    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("fednb-test-").FullName;

    public static Outcome Run(string program, IEnumerable<string> arguments, params (string name, string? value)[] environment) =>
        RunIn(Environment.CurrentDirectory, program, arguments, environment);

    public static Outcome RunIn(string folder, string program, IEnumerable<string> arguments, params (string name, string? value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(8)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end. Output so far:\n{output.Result}\n{error.Result}");
        }

        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
