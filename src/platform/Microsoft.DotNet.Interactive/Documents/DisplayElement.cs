namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A value that a cell has shown.</summary>
/// <param name="data">The value by MIME type.</param>
public class DisplayElement(IDictionary<string, object>? data) : InteractiveDocumentOutputElement
{
    public IDictionary<string, object> Data { get; } = data ?? new Dictionary<string, object>();

    public IDictionary<string, object> Metadata { get; } = new Dictionary<string, object>();
}
