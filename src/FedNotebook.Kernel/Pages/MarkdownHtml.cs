using System.Text.Json.Nodes;
using FedNotebook.Kernel.Notebooks;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FedNotebook.Kernel.Pages;

/// <summary>Markdown as HTML that needs no other file: pictures of the notebook's folder and attachments are put into the page.</summary>
internal sealed class MarkdownHtml(string folder)
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseTaskLists().UseFootnotes().UseEmphasisExtras().UseAutoIdentifiers().Build();

    private static readonly Dictionary<string, string> MimeTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif", [".svg"] = "image/svg+xml", [".webp"] = "image/webp",
    };

    public string Render(string markdown, JsonObject? attachments = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            var url = Embedded(picture.Url ?? "", attachments);
            // A picture that lies elsewhere would be fetched when the page opens: it stays as a link to follow.
            if (url is null) picture.IsImage = false;
            else picture.Url = url;
        }

        return document.ToHtml(Pipeline);
    }

    private string? Embedded(string url, JsonObject? attachments)
    {
        const string attachment = "attachment:";
        if (url.StartsWith("data:", StringComparison.Ordinal)) return url;
        if (url.StartsWith(attachment, StringComparison.Ordinal))
        {
            var data = attachments?[Uri.UnescapeDataString(url[attachment.Length..])] as JsonObject;
            return data?.FirstOrDefault() is { Key: { } type, Value: JsonValue value } && value.TryGetValue<string>(out var base64)
                ? $"data:{type};base64,{base64}"
                : null;
        }

        var path = Path.Combine(folder, Uri.UnescapeDataString(url));
        return MimeTypes.TryGetValue(Path.GetExtension(path), out var mimeType) && File.Exists(path)
            ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}"
            : null;
    }
}
