namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A cell.</summary>
public sealed class InteractiveDocumentElement
{
    public InteractiveDocumentElement()
    {
    }

    internal InteractiveDocumentElement(string contents, string kernelName)
    {
        Contents = contents;
        KernelName = kernelName;
    }

    public string? Id { get; set; }

    /// <summary>The kernel that the cell is for; `markdown` for text.</summary>
    public string? KernelName { get; set; }

    public string Contents { get; set; } = "";

    public int ExecutionOrder { get; set; }

    public IDictionary<string, object>? Metadata { get; set; }
}
