namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Puts code before the author, in a cell that can be edited and run.</summary>
/// <param name="kernelName">The kernel that the cell is for.</param>
/// <param name="code">The code.</param>
/// <param name="targetKernelName">The kernel that does it, for a notebook that can show cells.</param>
public class SendEditableCode(string kernelName, string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string KernelName { get; } = kernelName;

    public string Code { get; } = code;

    /// <summary>Where in the notebook; null for below the cell that runs.</summary>
    public int? InsertAtPosition { get; set; }
}
