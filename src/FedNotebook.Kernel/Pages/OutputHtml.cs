using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Pages;

/// <summary>An output of a cell as HTML: the richest of its forms that a page can show by itself.</summary>
internal sealed class OutputHtml(MarkdownHtml markdown)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Render(InteractiveDocumentOutputElement output) =>
        output switch
        {
            TextElement stream => $"<pre class=\"output {stream.Name}\">{AnsiText.ToHtml(stream.Text)}</pre>",
            ErrorElement error => $"<pre class=\"output error\">{AnsiText.ToHtml(string.Join('\n', error.StackTrace))}</pre>",
            DisplayElement display => Shown(display.Data),
            ReturnValueElement result => Shown(result.Data),
            _ => "",
        };

    private string Shown(IDictionary<string, object> data) => $"<div class=\"output\">{RenderData(data)}</div>";

    private string RenderData(IDictionary<string, object> data)
    {
        if (Has("text/html", out var html) || Has("image/svg+xml", out html)) return html;
        if (Has("image/png", out var png)) return $"<img alt=\"\" src=\"data:image/png;base64,{WebUtility.HtmlEncode(png.Trim())}\">";
        if (Has("image/jpeg", out var jpeg)) return $"<img alt=\"\" src=\"data:image/jpeg;base64,{WebUtility.HtmlEncode(jpeg.Trim())}\">";
        if (Has("text/markdown", out var source)) return markdown.Render(source);
        if (Has("application/javascript", out var script)) return $"<script>{script}</script>";
        if (Has("text/plain", out var plain)) return $"<pre>{AnsiText.ToHtml(plain)}</pre>";
        return data.FirstOrDefault() is { Key: not null, Value: { } other } ? $"<pre>{WebUtility.HtmlEncode(Text(other))}</pre>" : "";

        bool Has(string mimeType, out string text)
        {
            var isThere = data.TryGetValue(mimeType, out var value) && value is not null;
            text = Text(value);
            return isThere;
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            string text => text,
            null => "",
            JsonNode node => node.ToJsonString(Indented),
            _ => JsonSerializer.Serialize(value, Indented),
        };
}
