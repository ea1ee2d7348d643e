namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Runs the cells of a notebook, or the code of a file.</summary>
public class ImportDocument(string filePath, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string FilePath { get; } = filePath;
}
