using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Microsoft.DotNet.Interactive.PackageManagement;

/// <summary>Runs the `dotnet` that this process runs on.</summary>
internal static class DotNetCommand
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // What a build or a test run around us has set is not meant for this one.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        // Do not ask a gallery six times that is not there.
        start.Environment.TryAdd("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "2");
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            return (-1, "error : The .NET SDK is needed to install packages, and the command 'dotnet' was not found.");
        }
    }

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // RUNTIME/shared/Microsoft.NETCore.App/VERSION/
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : File.Exists(beside) ? beside : name;
    }
}
