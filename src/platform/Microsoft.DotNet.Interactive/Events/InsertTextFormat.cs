namespace Microsoft.DotNet.Interactive.Events;

public enum InsertTextFormat
{
    PlainText = 1,
    Snippet = 2,
}
