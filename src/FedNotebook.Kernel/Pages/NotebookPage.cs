using System.Net;
using System.Text;
using FedNotebook.Kernel.Notebooks;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Pages;

/// <summary>A notebook as one HTML page that opens without a network: text, code, and outputs as they are, so that their scripts run.</summary>
internal sealed class NotebookPage(string folder)
{
    private readonly MarkdownHtml _markdown = new(folder);

    /// <param name="name">The title of a notebook that has no heading.</param>
    public string Render(Notebook notebook, string name)
    {
        var outputs = new OutputHtml(_markdown);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append($"<title>{WebUtility.HtmlEncode(notebook.TitleOr(name))}</title>\n<style>\n{Style()}</style>\n</head>\n<body>\n<main>\n");
        foreach (var cell in notebook.Cells)
        {
            page.Append(cell.Language switch
            {
                Cells.Markdown => $"<section class=\"text\">\n{Text(notebook, cell)}</section>\n",
                Cells.Raw => "",
                _ => $"<section class=\"cell\">\n<pre class=\"code\"><code>{Coloured(cell)}</code></pre>\n",
            });
            if (!cell.IsCode) continue;
            foreach (var output in cell.Outputs) page.Append(outputs.Render(output)).Append('\n');
            page.Append("</section>\n");
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private string Text(Notebook notebook, InteractiveDocumentElement cell) => _markdown.Render(cell.Text, notebook.AttachmentsOf(cell));

    private static string Coloured(InteractiveDocumentElement cell) =>
        cell.Language == Cells.CSharp ? CSharpColours.ToHtml(cell.Text) : WebUtility.HtmlEncode(cell.Text);

    private static string Style()
    {
        using var reader = new StreamReader(typeof(NotebookPage).Assembly.GetManifestResourceStream("page.css")!);
        return reader.ReadToEnd();
    }
}
