using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Views;

/// <summary>A view of a type in one MIME type: a function from the object to its text. The type is T where no other is named.</summary>
internal sealed class View<T>(string mimeType, Func<T, string> show, Type? type = null) : TypeFormatter<T>(type ?? typeof(T))
{
    public override string MimeType => mimeType;

    public override bool Format(T value, FormatContext context)
    {
        context.Writer.Write(Show(value));
        return true;
    }

    // A cell that computed its value has succeeded; that the value cannot be looked at must not undo that.
    private string Show(T value)
    {
        try
        {
            return show(value);
        }
        catch (Exception e)
        {
            var text = $"{typeof(T).Name}: cannot be shown ({e.Message.Split('\n')[0]})";
            return mimeType == HtmlFormatter.MimeType ? Frame.Of($"<i>{text}</i>") : text;
        }
    }
}
