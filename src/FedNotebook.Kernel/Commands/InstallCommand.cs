using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Commands;

/// <summary><c>fednb jupyter install [--prefix DIR | --user]</c>: tells Jupyter, and VS Code's Jupyter extension, how to start this kernel.</summary>
internal static class InstallCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string folder)
    {
        var specification = new JsonObject
        {
            ["argv"] = new JsonArray([.. Start().Concat(["jupyter", "{connection_file}"]).Select(word => (JsonNode)word)]),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            // VS Code reads here which language the cells are in.
            ["metadata"] = new JsonObject { ["debugger"] = false, ["vscode"] = new JsonObject { ["language"] = "csharp" } },
        };
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, KernelFolder.File), specification.ToJsonString(Indented) + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The kernel cannot be installed in '{folder}': {exception.Message}");
        }

        Console.WriteLine($"Installed the kernel .NET (C#) in {folder}");
        return 0;
    }

    /// <summary>How this very program was started: the dotnet that runs it, and its assembly.</summary>
    private static string[] Start()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "fednb.dll");
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(dotnet) && File.Exists(assembly) ? [dotnet, assembly] : [Environment.ProcessPath ?? "fednb"];
    }
}
