using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchSharp.Tests.Memory;

/// <summary>Runs a method of these tests in a process of its own, where nothing else has used memory before.</summary>
internal static class ChildProcess
{
    private const string Work = "TORCHSHARP_TESTS_CHILD";

    /// <summary>The number that the method answers. It must be static and take nothing.</summary>
    public static long Run(Func<long> method)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { typeof(ChildProcess).Assembly.Location }, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[Work] = $"{method.Method.DeclaringType!.FullName}:{method.Method.Name}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The child process ended with {process.ExitCode}: {errors.Result}");
        return long.Parse(output, CultureInfo.InvariantCulture);
    }

    /// <summary>In the child the work is done before the test runner starts, and instead of it.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Work)?.Split(':') is not [var type, var name]) return;
        var method = typeof(ChildProcess).Assembly.GetType(type)!.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        Console.Write(method.CreateDelegate<Func<long>>()());
        Environment.Exit(0);
    }
}
