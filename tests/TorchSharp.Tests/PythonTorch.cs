using System.Diagnostics;

namespace TorchSharp.Tests;

/// <summary>The system's own PyTorch, where it is installed: it uses the same libtorch and says what is right.</summary>
internal static class PythonTorch
{
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<string?> Missing = new(FindOut);

    public static void SkipIfMissing()
    {
        if (Missing.Value is { } reason) Assert.Skip(reason);
    }

    /// <summary>Runs an embedded script with lines on its standard input, and gives the lines of its output.</summary>
    public static string[] Run(string script, IEnumerable<string> input)
    {
        SkipIfMissing();
        var assembly = typeof(PythonTorch).Assembly;
        var name = Array.Find(assembly.GetManifestResourceNames(), n => n.EndsWith(script, StringComparison.Ordinal))!;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return Start(reader.ReadToEnd(), input);
    }

    private static string? FindOut()
    {
        if (!File.Exists(Python)) return $"there is no {Python} to compare with";
        try
        {
            return Start("import torch; print(torch.__version__)", []) is [var version] && version.StartsWith("1.13", StringComparison.Ordinal)
                ? null
                : "the system's python3-torch is not of libtorch 1.13: nothing to compare with";
        }
        catch (InvalidOperationException e)
        {
            return "the system's python3 has no torch (apt install python3-torch) to compare with: " + e.Message.Split('\n')[^1];
        }
    }

    private static string[] Start(string script, IEnumerable<string> input)
    {
        var start = new ProcessStartInfo(Python) { ArgumentList = { "-c", script }, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in input) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("python3 failed: " + errors.Result.Trim());
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
