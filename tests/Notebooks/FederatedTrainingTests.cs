using System.Text.Json;
using System.Text.RegularExpressions;

namespace FedNotebook.Notebooks;

/// <summary>The federated training notebook, by each of the ways in which a user runs it.</summary>
public sealed partial class FederatedTrainingTests : IClassFixture<FederatedTrainingTests.HeadlessRun>
{
    private const string Name = "06-federated-training.ipynb";

    private readonly HeadlessRun run;

    public FederatedTrainingTests(HeadlessRun run)
    {
        Clone.NeedsKernel();
        this.run = run;
    }

    [Fact]
    public void It_runs_headless_with_a_line_for_each_cell()
    {
        Assert.True(run.Outcome is { Status: 0, Error: "" }, run.Outcome.Error);
        foreach (var cell in Enumerable.Range(1, run.CodeCells)) Assert.Contains($"[{cell}/{run.CodeCells}]", run.Outcome.Output);
    }

    [Fact]
    public void It_learns_to_tell_the_clothes_apart() => Assert.InRange(Accuracy(run.Notebook), 80, 100);

    [Fact]
    public void The_page_loads_nothing_from_elsewhere()
    {
        Assert.DoesNotMatch(@"(?i)<(script|img|link|iframe)[^>]+(src|href)\s*=\s*[""']?(https?:)?//", run.Page);
        Assert.Contains("<img src=\"data:image/svg+xml", run.Page);
    }

    [Fact]
    public void The_plot_on_the_page_is_drawn_and_answers_the_mouse()
    {
        Clone.Needs("/usr/bin/chromium");
        const string Script = """
            <script>
            window.addEventListener('load', function () {
              setTimeout(function () {
                var plot = document.querySelector('.js-plotly-plot'), drag = plot && plot.querySelector('.nsewdrag');
                if (!drag) { document.title = 'NO PLOT'; return; }
                var box = drag.getBoundingClientRect();
                ['mouseover', 'mousemove'].forEach(function (type) {
                  drag.dispatchEvent(new MouseEvent(type, { bubbles: true, view: window, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));
                });
                setTimeout(function () { document.title = 'HOVER ' + plot.querySelectorAll('.hoverlayer .hovertext').length; }, 1500);
              }, 1500);
            });
            </script>
            """;
        var folder = Clone.TemporaryFolder();
        var page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, run.Page + Script);
        var outcome = Clone.Run("/usr/bin/chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--user-data-dir=" + folder, "--window-size=1200,3000", "--virtual-time-budget=20000", "--dump-dom", "file://" + page]);
        Assert.Matches(@"<title>HOVER [1-9]", outcome.Output);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Jupyter_runs_the_same_notebook_unchanged()
    {
        Clone.Needs("/usr/bin/jupyter-nbconvert");
        var folder = Clone.TemporaryFolder();
        var installed = Clone.Run("dotnet", [Clone.Kernel, "jupyter", "install"], ("JUPYTER_DATA_DIR", folder));
        Assert.Equal(0, installed.Status);

        var outcome = Clone.Run("/usr/bin/jupyter-nbconvert",
            ["--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=400", "--output-dir", folder, "--output", "executed.ipynb", Path.Combine(Clone.Root, "notebooks", Name)],
            ("JUPYTER_DATA_DIR", folder));
        Assert.True(outcome.Status == 0, outcome.Error);
        var notebook = File.ReadAllText(Path.Combine(folder, "executed.ipynb"));
        Assert.InRange(Accuracy(notebook), 80, 100);
        Assert.Contains("application/vnd.plotly.v1+json", notebook);
        Directory.Delete(folder, recursive: true);
    }

    private static int Accuracy(string notebook) => int.Parse(AccuracyPattern().Matches(notebook)[^1].Groups[1].Value);

    [GeneratedRegex(@"Accuracy: \d+/10000 \((\d+)%\)")]
    private static partial Regex AccuracyPattern();

    /// <summary>One run by our own runner, which several tests look at.</summary>
    public sealed class HeadlessRun
    {
        private readonly string folder = Clone.TemporaryFolder();

        public HeadlessRun()
        {
            var source = Path.Combine(Clone.Root, "notebooks", Name);
            var (page, notebook) = (Path.Combine(folder, "out.html"), Path.Combine(folder, "out.ipynb"));
            CodeCells = JsonDocument.Parse(File.ReadAllText(source)).RootElement.GetProperty("cells").EnumerateArray().Count(c => c.GetProperty("cell_type").GetString() == "code");
            if (!File.Exists(Clone.Kernel)) return;
            Outcome = Clone.Run("dotnet", [Clone.Kernel, "run", source, "--out", page, "--out", notebook]);
            Page = File.Exists(page) ? File.ReadAllText(page) : "";
            Notebook = File.Exists(notebook) ? File.ReadAllText(notebook) : "";
            Directory.Delete(folder, recursive: true);
        }

        internal Outcome Outcome { get; } = new(-1, "", "");

        public int CodeCells { get; }

        public string Page { get; } = "";

        public string Notebook { get; } = "";
    }
}
