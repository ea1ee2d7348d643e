using System.Text.Json;
using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Commands;

/// <summary>Where Jupyter, and VS Code's Jupyter extension, look for this kernel.</summary>
internal static class KernelFolder
{
    /// <summary>The name that C# notebooks carry: they open with this kernel without being changed.</summary>
    public const string Name = ".net-csharp";

    /// <summary>The file that says how to start a kernel.</summary>
    public const string File = "kernel.json";

    /// <summary>The folder that <c>[--user | --prefix DIR]</c> means; null when that is not what was typed.</summary>
    public static string? Of(string[] options) =>
        options switch
        {
            [] or ["--user"] => Under(JupyterFolders.UserData()),
            ["--prefix", { Length: > 0 } prefix] => Under(Path.Combine(Path.GetFullPath(prefix), "share", "jupyter")),
            _ => null,
        };

    /// <summary>Every folder where it is registered, in the order in which Jupyter looks.</summary>
    public static IEnumerable<string> Registered() =>
        JupyterFolders.AllData().Distinct().Select(Under).Where(folder => System.IO.File.Exists(Path.Combine(folder, File)));

    /// <summary>The words that start the kernel of a folder; none when its file cannot be read.</summary>
    public static string[] StartOf(string folder)
    {
        try
        {
            return JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder, File)))?["argv"] is JsonArray words
                ? [.. words.Select(word => word!.GetValue<string>())] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return [];
        }
    }

    /// <summary>Whether the kernel of a folder is fednb, of this place or another.</summary>
    public static bool IsFednb(string folder) => StartOf(folder).Any(word => Path.GetFileNameWithoutExtension(word) == "fednb");

    private static string Under(string data) => Path.Combine(data, "kernels", Name);
}
