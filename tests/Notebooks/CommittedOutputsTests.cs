using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FedNotebook.Notebooks;

/// <summary>What is committed with the notebooks: outputs of the very code above them, which show on any machine and where scripts are stripped.</summary>
public sealed partial class CommittedOutputsTests
{
    private const string Some = "01-workers-and-grid";

    [Fact]
    public void They_are_those_of_the_code_above_them()
    {
        var outcome = Check(NotebookFiles.Folder);
        Assert.True(outcome.Status == 0, outcome.Output + outcome.Error);
    }

    [Fact]
    public void Code_that_was_changed_after_its_run_is_found() =>
        AssertFound("the outputs are older than the code", notebook => notebook.CodeCells().Last()["source"]!.AsArray().Add((JsonNode)"// changed"));

    [Fact]
    public void A_cell_that_was_added_after_the_run_is_found() =>
        AssertFound("the outputs are older than the code", notebook => notebook["cells"]!.AsArray().Add(notebook.CodeCells().Last().DeepClone()));

    [Fact]
    public void A_cell_that_did_not_run_is_found() =>
        AssertFound("code cell 2 did not run", notebook => notebook.CodeCells().ElementAt(1)["execution_count"] = null);

    [Fact]
    public void An_error_is_found() =>
        AssertFound("code cell 1 ends in an error", notebook => Put(notebook, new JsonObject { ["output_type"] = "error", ["ename"] = "Error", ["evalue"] = "It went wrong.", ["traceback"] = new JsonArray() }));

    [Fact]
    public void A_script_is_found() =>
        AssertFound("code cell 1 put out a script", notebook => Put(notebook, Html("<b>plot</b><script>draw()</script>")));

    [Theory]
    [InlineData("/home/somebody/clone/artifacts")]
    [InlineData("/tmp/x.txt")]
    [InlineData(@"C:\Users\somebody")]
    public void A_path_of_the_machine_is_found(string path) =>
        AssertFound("code cell 1 put out the path", notebook => Put(notebook, Html($"<p>Read from {path}</p>")));

    [Fact]
    public void A_notebook_that_draws_has_still_pictures()
    {
        string[] drawing = [.. NotebookFiles.Names.Where(name => Code(name).Contains("LossPlot(") || Code(name).Contains("FitAsync(") || Code(name).Contains("Chart."))];
        Assert.True(drawing.Length >= 8);
        Assert.All(drawing, name => Assert.Contains(
            NotebookFiles.Read(NotebookFiles.PathOf(name)).CodeCells().SelectMany(cell => cell.Outputs()),
            output => Html(output).Contains("<img src=\"data:image/svg+xml")));
    }

    [Fact]
    public void A_still_picture_is_an_image_that_is_well_formed_and_says_in_words_what_it_shows()
    {
        var images = Outputs().SelectMany(output => Image().Matches(Html(output))).ToList();
        Assert.InRange(images.Count, 30, 200);
        Assert.All(images, image =>
        {
            Assert.Equal("svg", XElement.Parse(Uri.UnescapeDataString(WebUtility.HtmlDecode(image.Groups[1].Value))).Name.LocalName);
            Assert.NotEmpty(image.Groups[2].Value);
        });
    }

    [Fact]
    public void Where_the_tags_of_drawings_are_stripped_no_letters_of_them_are_left() => Assert.DoesNotContain(Outputs(), output => Html(output).Contains("<svg"));

    private static IEnumerable<JsonNode> Outputs() =>
        NotebookFiles.Names.SelectMany(name => NotebookFiles.Read(NotebookFiles.PathOf(name)).CodeCells()).SelectMany(cell => cell.Outputs());

    private static string Html(JsonNode output) => NotebookFiles.Text(output["data"]?["text/html"]);

    private static string Code(string name) => string.Join("\n", NotebookFiles.Read(NotebookFiles.PathOf(name)).CodeCells().Select(cell => cell.Source()));

    private static JsonObject Html(string html) =>
        new() { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/html"] = new JsonArray(html) }, ["metadata"] = new JsonObject() };

    private static void Put(JsonNode notebook, JsonObject output) => notebook.CodeCells().First()["outputs"]!.AsArray().Add((JsonNode)output);

    private static void AssertFound(string problem, Action<JsonNode> spoil)
    {
        var folder = Clone.TemporaryFolder();
        var notebook = NotebookFiles.Read(NotebookFiles.PathOf(Some));
        spoil(notebook);
        File.WriteAllText(Path.Combine(folder, Some + ".ipynb"), notebook.ToJsonString());
        var outcome = Check(folder);
        Assert.Equal(1, outcome.Status);
        Assert.Contains($"{Some}.ipynb: {problem}", outcome.Error);
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("<img src=\"data:image/svg\\+xml;charset=utf-8,([^\"]+)\" alt=\"([^\"]*)\"")]
    private static partial Regex Image();

    private static Outcome Check(string folder) => Clone.Run("dotnet", ["run", Path.Combine(Clone.Root, "eng", "notebooks.cs"), "check", folder], ("MSBUILDDISABLENODEREUSE", "1"));
}
