namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>How a cell failed.</summary>
/// <param name="errorValue">What happened.</param>
/// <param name="errorName">What kind of error.</param>
/// <param name="stackTrace">Where, a line each.</param>
public class ErrorElement(string? errorValue = null, string? errorName = "Error", string[]? stackTrace = null) : InteractiveDocumentOutputElement
{
    public string ErrorName { get; } = errorName ?? "Error";

    public string ErrorValue { get; } = errorValue ?? "";

    public string[] StackTrace { get; } = stackTrace ?? [];
}
