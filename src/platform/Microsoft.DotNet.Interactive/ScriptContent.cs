using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>JavaScript to be run where the page is shown.</summary>
public class ScriptContent(string scriptValue) : IHtmlContent
{
    public string ScriptValue { get; } = scriptValue;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(ToString());

    // A closing tag in a string of the script would end the script.
    public override string ToString() => $"<script type=\"text/javascript\">{ScriptValue.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>";
}
