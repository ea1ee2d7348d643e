namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>The value of the last expression of a cell.</summary>
public class ReturnValueElement : InteractiveDocumentOutputElement
{
    /// <summary>The value by MIME type.</summary>
    public IDictionary<string, object> Data { get; } = new Dictionary<string, object>();

    public int ExecutionOrder { get; set; }

    public IDictionary<string, object> Metadata { get; } = new Dictionary<string, object>();
}
