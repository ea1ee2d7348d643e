using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>Runs what is in a file: a notebook cell by cell, or a file of code in the kernel of its language.</summary>
internal static class Import
{
    public const string DirectiveName = "#!import", FileParameter = "--file-path";

    private static readonly AsyncLocal<HashSet<string>?> Running = new();

    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "C#", [".csx"] = "C#", [".fs"] = "F#", [".fsx"] = "F#", [".ps1"] = "PowerShell", [".html"] = "HTML", [".js"] = "JavaScript", [".sql"] = "SQL", [".kql"] = "KQL",
    };

    /// <summary>Whether a file holds code and no cells, by its ending.</summary>
    public static bool IsCode(FileInfo file) => Languages.ContainsKey(file.Extension);

    /// <exception cref="InvalidOperationException">The file cannot be run, or a cell of it failed; the message says which and why.</exception>
    public static async Task RunAsync(Kernel kernel, FileInfo file, KernelCommand? parent)
    {
        if (!file.Exists) throw new InvalidOperationException(Directory.Exists(file.FullName) ? $"'{file}' is a folder, not a file." : $"There is no file '{file}'.");
        var outer = Running.Value;
        if (outer?.Contains(file.FullName) == true) throw new InvalidOperationException($"'{file}' imports itself.");
        Running.Value = [.. outer ?? [], file.FullName];
        try
        {
            var number = 0;
            foreach (var cell in (await ReadAsync(kernel.RootKernel, file)).Elements)
            {
                number++;
                if (cell.KernelName is "markdown" or "raw") continue;
                var command = new SubmitCode(cell.Contents, cell.KernelName);
                command.SetParent(parent);
                if ((await kernel.RootKernel.SendAsync(command)).Failure is { } failure)
                    throw new InvalidOperationException($"{file.Name}, cell {number}: {failure.Message}", failure.Exception);
            }
        }
        finally
        {
            Running.Value = outer;
        }
    }

    private static async Task<InteractiveDocument> ReadAsync(Kernel root, FileInfo file)
    {
        try
        {
            if (!Languages.TryGetValue(file.Extension, out var language)) return await InteractiveDocument.LoadAsync(file, KernelsOf(root));
            var target = root.FindKernels(k => k.KernelInfo.LanguageName == language).FirstOrDefault()
                ?? throw new InvalidOperationException($"'{file.Name}' cannot be imported: no kernel here runs {language}.");
            return new InteractiveDocument([new InteractiveDocumentElement(await File.ReadAllTextAsync(file.FullName), target.Name)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or NotSupportedException)
        {
            throw new InvalidOperationException($"'{file.Name}' cannot be imported: {e.Message}", e);
        }
    }

    private static KernelInfoCollection KernelsOf(Kernel root)
    {
        var kernels = new KernelInfoCollection { DefaultKernelName = (root as CompositeKernel)?.DefaultKernelName };
        kernels.AddRange(root.FindKernels(k => k is not CompositeKernel).Select(k => new KernelInfo(k.Name, k.KernelInfo.LanguageName, k.KernelInfo.Aliases)));
        return kernels;
    }
}
