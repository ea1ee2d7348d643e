using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Pages;

/// <summary>An output of nbformat as HTML: the richest of its forms that a page can show by itself.</summary>
internal sealed class OutputHtml(MarkdownHtml markdown)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Render(JsonObject output) =>
        output["output_type"]?.GetValue<string>() switch
        {
            "stream" => $"<pre class=\"output {Text(output["name"])}\">{AnsiText.ToHtml(Text(output["text"]))}</pre>",
            "error" => $"<pre class=\"output error\">{AnsiText.ToHtml(Traceback(output))}</pre>",
            _ => $"<div class=\"output\">{RenderData(output["data"] as JsonObject ?? [])}</div>",
        };

    private static string Traceback(JsonObject error) => string.Join('\n', (error["traceback"] as JsonArray ?? []).Select(Text));

    private string RenderData(JsonObject data)
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
            text = Text(data[mimeType]);
            return data[mimeType] is not null;
        }
    }

    /// <summary>nbformat keeps text as a string or as a list of lines.</summary>
    private static string Text(JsonNode? node) =>
        node switch
        {
            JsonArray lines when lines.All(line => line is JsonValue) => string.Concat(lines.Select(Text)),
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            null => "",
            _ => node.ToJsonString(Indented),
        };
}
