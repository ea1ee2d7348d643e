using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FedNotebook.Notebooks;

/// <summary>The tour through everything that shows itself: run headless and by Jupyter, and opened in a browser without a network.</summary>
public sealed partial class TourTests : IClassFixture<TourTests.ExecutedTour>
{
    private readonly ExecutedTour tour;

    public TourTests(ExecutedTour tour)
    {
        Clone.NeedsKernel();
        this.tour = tour;
    }

    [Fact]
    public void It_runs_and_every_code_cell_but_those_that_only_prepare_shows_something()
    {
        Assert.True(tour.Outcome is { Status: 0, Error: "" }, tour.Outcome.Output + tour.Outcome.Error);
        Assert.InRange(Cells(tour.Notebook).Count(cell => cell["outputs"]!.AsArray().Count > 0), 25, 100);
    }

    [Fact]
    public void Every_magic_command_is_in_it()
    {
        var code = string.Concat(Cells(tour.Notebook).SelectMany(cell => cell["source"]!.AsArray()).Select(line => (string)line!));
        Assert.All((string[])["#!worker ", "#!send ", "#!get ", "#!move ", "#!federate ", "#!search ", "#!workers", "#!objects"], command => Assert.Contains(command, code));
    }

    [Fact]
    public void A_plot_answers_the_mouse_and_hides_what_is_clicked_away()
    {
        var seen = Browser.Visit(tour.Page, "light", 1200);
        Assert.Matches(@"batch \d+", (string)seen["tooltip"]!);
        Assert.Equal((int)seen["shownBefore"]! - 1, (int)seen["shownAfter"]!);
        Assert.Empty(seen["requests"]!.AsArray());
        Assert.Empty(seen["errors"]!.AsArray());
    }

    [Theory]
    [InlineData("light", 1200)]
    [InlineData("dark", 1200)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public void It_reads_in_both_themes_and_on_a_telephone(string theme, int width)
    {
        var seen = Browser.Visit(tour.Page, theme, width);
        Assert.InRange((int)seen["scrollWidth"]!, 1, width);
        Assert.InRange((double)seen["brightness"]!, theme == "light" ? 200 : 0, theme == "light" ? 255 : 70);
        Assert.InRange((double)seen["leastContrast"]!, 3, 21);
        Assert.InRange((int)seen["pictureContrast"]!, 60, 255);
    }

    [Fact]
    public void Jupyter_shows_the_same()
    {
        Clone.Needs("/usr/bin/jupyter-nbconvert");
        var folder = Clone.TemporaryFolder();
        Assert.Equal(0, Clone.Run("dotnet", [Clone.Kernel, "jupyter", "install"], ("JUPYTER_DATA_DIR", folder)).Status);
        var outcome = Clone.Run("/usr/bin/jupyter-nbconvert",
            ["--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=400", "--output-dir", folder, "--output", "executed.ipynb", ExecutedTour.Source], ("JUPYTER_DATA_DIR", folder));
        Assert.True(outcome.Status == 0, outcome.Error);

        var other = File.ReadAllText(Path.Combine(folder, "executed.ipynb"));
        Assert.All(Cells(tour.Notebook).Zip(Cells(other)), pair => Assert.Equal(Shown(pair.First), Shown(pair.Second)));
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<JsonNode> Cells(string notebook) => JsonNode.Parse(notebook)!["cells"]!.AsArray().Where(cell => (string)cell!["cell_type"]! == "code").Select(cell => cell!);

    // Ids, times and bytes of time differ from run to run; the page of workers may have come from anywhere.
    private static IEnumerable<string> Shown(JsonNode cell) => cell["outputs"]!.AsArray().Select(output =>
        $"{output!["output_type"]} {string.Join(" ", (output["data"] as JsonObject ?? []).Select(data => data.Key).Order())} {Masked(output["data"]?["text/plain"] ?? output["text"])}");

    private static string Masked(JsonNode? text) => Digits().Replace(text is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string?)text ?? "", "#");

    [GeneratedRegex(@"[0-9.,:]+")]
    private static partial Regex Digits();

    /// <summary>One run, which all tests look at.</summary>
    public sealed class ExecutedTour
    {
        public ExecutedTour()
        {
            if (!File.Exists(Clone.Kernel)) return;
            var folder = Clone.TemporaryFolder();
            var (page, notebook) = (Path.Combine(folder, "out.html"), Path.Combine(folder, "out.ipynb"));
            Outcome = Clone.Run("dotnet", [Clone.Kernel, "run", Source, "--out", page, "--out", notebook]);
            Page = File.Exists(page) ? File.ReadAllText(page) : "";
            Notebook = File.Exists(notebook) ? File.ReadAllText(notebook) : "";
            Directory.Delete(folder, recursive: true);
        }

        internal static string Source { get; } = Path.Combine(Clone.Root, "notebooks", "00-tour.ipynb");

        internal Outcome Outcome { get; } = new(-1, "", "");

        public string Page { get; } = "";

        public string Notebook { get; } = "";
    }
}
