using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Views;

/// <summary>A view of a type in one MIME type: a function from the object to its text. The type is T where no other is named.</summary>
internal sealed class View<T>(string mimeType, Func<T, string> show, Type? type = null) : TypeFormatter<T>(type ?? typeof(T))
{
    public override string MimeType => mimeType;

    public override bool Format(T value, FormatContext context)
    {
        context.Writer.Write(show(value));
        return true;
    }
}
