using System.Text.RegularExpressions;
using FedNotebook.Kernel.Notebooks;
using FedNotebook.Kernel.Pages;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Tests.Pages;

public class NotebookPageTests
{
    private static string Render(params List<InteractiveDocumentElement> cells) => new NotebookPage(Path.GetTempPath()).Render(new(new(cells)), "name");

    private static InteractiveDocumentElement Text(string markdown) => new(markdown, Cells.Markdown);

    private static InteractiveDocumentElement Code(string code, params InteractiveDocumentOutputElement[] outputs) => new(code, Cells.CSharp, outputs);

    [Fact]
    public void The_page_loads_nothing()
    {
        var page = Render(Text("# T\n\n[a link](https://example.org) ![far](https://example.org/p.png) ![near](missing.png)"), Code("var x = 1;"));
        Assert.DoesNotMatch(new Regex("""(src|srcset|data)\s*=\s*["']?\s*(https?:)?//|url\(|@import|<link|<script""", RegexOptions.IgnoreCase), page);
        Assert.DoesNotContain("<img", page);
    }

    [Fact]
    public void Markdown_is_rendered_and_its_first_heading_is_the_title()
    {
        var page = Render(Text("text only"), Text("## A *fine* title\n\n| a |\n|---|\n| b |"));
        Assert.Contains("<title>A fine title</title>", page);
        Assert.Contains("<em>fine</em>", page);
        Assert.Contains("<td>b</td>", page);
        Assert.Contains("<title>name</title>", Render(Text("no heading")));
    }

    [Fact]
    public void A_picture_of_the_notebook_is_in_the_page()
    {
        using var folder = new SomeFolder();
        File.WriteAllBytes(folder.At("p.png"), [1, 2, 3]);
        var page = new NotebookPage(folder.Path).Render(new(new([Text("![x](p.png)")])), "n");
        Assert.Contains("src=\"data:image/png;base64,AQID\"", page);
    }

    [Fact]
    public void Code_is_coloured_and_escaped()
    {
        var page = Render(Code("#!time\n// say <b>\nvar s = \"<i>\"; await F(1);"));
        Assert.Contains("<span class=\"magic\">#!time</span>", page);
        Assert.Contains("<span class=\"comment\">// say &lt;b&gt;</span>", page);
        Assert.Contains("<span class=\"keyword\">var</span>", page);
        Assert.Contains("<span class=\"string\">&quot;&lt;i&gt;&quot;</span>", page);
    }

    [Theory]
    [InlineData("var s = \"unfinished")]
    [InlineData("/* open")]
    [InlineData("}}} #!x \0 $\"{")]
    [InlineData("")]
    public void Broken_code_is_shown_as_it_is(string code)
    {
        var shown = Regex.Match(Render(Code(code)), "<code>(.*?)</code>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(Regex.Replace(shown, "<[^>]*>", "")));
    }

    [Fact]
    public void The_richest_form_of_an_output_is_shown_as_it_is()
    {
        var page = Render(Code("x", new DisplayElement(new Dictionary<string, object> { ["text/plain"] = "plain", ["text/html"] = "<b>one</b>\n<script>run()</script>" })));
        Assert.Contains("<b>one</b>\n<script>run()</script>", page);
        Assert.DoesNotContain("plain</pre>", page);
    }

    [Fact]
    public void Streams_and_errors_are_text_with_their_colours()
    {
        var page = Render(Code("x", new TextElement("a <\u001b[32mb\u001b[0m\u001b[2K>", "stderr"), new ErrorElement("m", "E", ["\u001b[31mE: m\u001b[0m", "   at cell 1"])));
        Assert.Contains("<pre class=\"output stderr\">a &lt;<span class=\"ansi-green\">b</span>&gt;</pre>", page);
        Assert.Contains("<span class=\"ansi-red\">E: m</span>\n   at cell 1", page);
    }
}
