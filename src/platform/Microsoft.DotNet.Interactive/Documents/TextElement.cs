namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>Text that a cell has printed.</summary>
/// <param name="text">The text.</param>
/// <param name="name">`stdout` or `stderr`.</param>
public class TextElement(string? text, string? name = "stdout") : InteractiveDocumentOutputElement
{
    public string Name { get; } = name ?? "stdout";

    public string Text { get; } = text ?? "";
}
