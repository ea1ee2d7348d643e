using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A cell.</summary>
public sealed class InteractiveDocumentElement
{
    public InteractiveDocumentElement()
    {
    }

    public InteractiveDocumentElement(string? contents = null, string? kernelName = null, IEnumerable<InteractiveDocumentOutputElement>? outputs = null)
    {
        Contents = contents ?? "";
        KernelName = kernelName;
        Outputs.AddRange(outputs ?? []);
    }

    public string? Id { get; set; }

    /// <summary>The kernel that the cell is for; `markdown` for text, `raw` for what is neither.</summary>
    public string? KernelName { get; set; }

    public string Contents { get; set; } = "";

    public List<InteractiveDocumentOutputElement> Outputs { get; } = [];

    /// <summary>The cell's number in the order of execution; 0 when it has not run.</summary>
    public int ExecutionOrder { get; set; }

    public IDictionary<string, object>? Metadata { get; set; }

    /// <summary>What else the file said of the cell (attachments...): it is written back as it was.</summary>
    internal JsonObject? Fields { get; init; }
}
