using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>JavaScript to be run where the page is shown.</summary>
public class ScriptContent(string scriptValue) : IHtmlContent
{
    public string ScriptValue { get; } = scriptValue;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<script type=\"text/javascript\">");
        writer.Write(ScriptValue);
        writer.Write("</script>");
    }

    public override string ToString() => $"<script type=\"text/javascript\">{ScriptValue}</script>";
}
