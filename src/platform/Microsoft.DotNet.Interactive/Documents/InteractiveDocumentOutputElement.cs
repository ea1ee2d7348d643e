using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>Something that a cell has put out.</summary>
public abstract class InteractiveDocumentOutputElement
{
    /// <summary>What else the file said of the output: it is written back as it was.</summary>
    internal JsonObject? Fields { get; init; }
}
