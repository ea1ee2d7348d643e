using System.Diagnostics;

namespace FedNotebook.Kernel.Tests;

/// <summary>The program as a user runs it.</summary>
internal static class Fednb
{
    public static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "fednb.dll");

    public static Ended Run(string folder, params string[] arguments) => Start(folder, "dotnet", [Assembly, .. arguments], []);

    public static Ended Start(string folder, string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} does not end.");
        }

        return new(process.ExitCode, output.Result, errors.Result);
    }

    public sealed record Ended(int ExitCode, string Output, string Errors);
}
