using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Pages;

// The plots in a real browser, with no network.
public class PlotPageTests
{
    // Moves the mouse over a point of the smoothed line and gives the text of what pops up.
    private const string Hover = """
        const line = document.querySelector(".scatterlayer .trace:last-child .js-line");
        const at = line.getPointAtLength(line.getTotalLength() / 2);
        const box = document.querySelector(".nsewdrag").getBoundingClientRect();
        const mouse = { bubbles: true, clientX: box.x + at.x, clientY: box.y + at.y };
        document.querySelector(".nsewdrag").dispatchEvent(new MouseEvent("mouseover", mouse));
        document.querySelector(".nsewdrag").dispatchEvent(new MouseEvent("mousemove", mouse));
        await wait(500);
        const tip = document.querySelector(".hoverlayer").textContent;
        """;

    private const string Plot = """
        var plot = new FedNotebook.LossPlot("Fashion-MNIST", total: 40, clock: new FedNotebook.Tests.ManualClock());
        for (var i = 0; i < 40; i++) plot.Add(2.0 / (i + 1), worker: i % 2 == 0 ? "bob" : "alice");
        """;

    private static string Html(IEnumerable<DisplayEvent> outputs) => string.Concat(outputs.Select(output => $"<div class=\"output\">{output.Html()}</div>\n"));

    // As a page writer does: an update takes the place of the output that has its id.
    private static IReadOnlyList<DisplayEvent> Settle(IEnumerable<DisplayEvent> outputs) =>
        [.. outputs.GroupBy(output => output.ValueId).Select(same => same.Last())];

    [Fact]
    public async Task An_executed_notebook_has_a_living_plot_that_answers_the_mouse()
    {
        using var notebook = new Notebook();
        var page = Html(Settle(await notebook.Outputs(Plot)));

        var found = Browser.Ask(page, Hover + """
            return [document.querySelectorAll(".main-svg").length > 0, tip, document.querySelectorAll("img").length].join("|");
            """);

        Assert.Matches(@"^true\|smoothedbatch \d+smoothed loss 0\.\d+\|0$", found);
    }

    [Fact]
    public async Task A_click_in_the_legend_hides_a_worker()
    {
        using var notebook = new Notebook();
        var page = Html(Settle(await notebook.Outputs(Plot)));

        var found = Browser.Ask(page, """
            const shown = () => document.querySelectorAll(".scatterlayer .trace").length;
            const before = shown();
            const name = document.querySelector(".legendtoggle");
            name.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
            name.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
            await wait(1500);
            return before + " " + shown();
            """);

        Assert.Equal("5 3", found);
    }

    [Fact]
    public async Task Updates_move_the_living_plot_and_do_not_let_the_page_grow()
    {
        using var notebook = new Notebook();
        var outputs = await notebook.Outputs(Plot);
        var (first, last) = (outputs[1].Html(), outputs[^1].Html());
        Assert.NotEqual(first, last);
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(last));

        var found = Browser.Ask(Html(outputs.Take(1)) + $"""<div id="cell">{first}</div>""", $$"""
            const before = document.querySelector(".js-plotly-plot");
            const cell = document.getElementById("cell");
            // What a notebook does with an update: new HTML in the old place, and its scripts run.
            cell.innerHTML = new TextDecoder().decode(Uint8Array.from(atob("{{encoded}}"), c => c.charCodeAt(0)));
            cell.querySelectorAll("script").forEach(old => { const script = document.createElement("script"); script.text = old.text; old.replaceWith(script); });
            await wait(500);
            const plots = document.querySelectorAll(".js-plotly-plot");
            return [plots.length, plots[0] === before, plots[0].data[4].x.length, document.querySelectorAll("img").length].join(" ");
            """);

        Assert.Equal("1 true 40 0", found);
    }

    [Fact]
    public async Task A_page_with_a_module_loader_draws_all_the_same()
    {
        const string loader = """
            <script>
            window.define = function () { throw new Error("plotly.js was taken for a module"); };
            window.define.amd = {};
            window.module = { exports: {} };
            </script>
            """;
        using var notebook = new Notebook();
        var page = loader + Html(Settle(await notebook.Outputs(Plot)));
        Assert.Equal("true", Browser.Ask(page, """return document.querySelectorAll(".js-plotly-plot .main-svg").length > 0;"""));
    }

    [Fact]
    public async Task A_plot_that_comes_before_plotly_waits_for_it()
    {
        using var notebook = new Notebook();
        var page = Html(Settle(await notebook.Outputs(Plot)).Reverse());
        Assert.Equal("true", Browser.Ask(page, """return document.querySelectorAll(".js-plotly-plot .main-svg").length > 0;"""));
    }

    [Fact]
    public async Task Where_scripts_are_stripped_the_still_picture_stands()
    {
        using var notebook = new Notebook();
        var last = (await notebook.Outputs(Plot))[^1].Html();
        var stripped = System.Text.RegularExpressions.Regex.Replace(last, "<script.*?</script>", "", System.Text.RegularExpressions.RegexOptions.Singleline);

        var found = Browser.Ask(stripped, """
            const still = document.querySelector("img");
            await still.decode();
            return [still.width, still.height, still.naturalWidth, decodeURIComponent(still.src).includes("alice"), document.body.innerText.includes("smoothed")].join(" ");
            """);

        Assert.Equal("760 400 760 true true", found);
    }

    [Fact]
    public void A_saved_page_has_a_living_plot()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var plot = new LossPlot("saved");
            for (var i = 0; i < 20; i++)
                plot.Add(1.0 / (i + 1));
            plot.SaveHtml(Path.Combine(folder.FullName, "saved.html"));
            Assert.Matches(@"^smoothedbatch \d+smoothed loss 0\.\d+$", Browser.Ask(File.ReadAllText(Path.Combine(folder.FullName, "saved.html")), Hover + "return tip;"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("color:#eee;background:#111", "rgb(238, 238, 238)")]
    [InlineData("color:#222;background:#fff", "rgb(34, 34, 34)")]
    public async Task Its_text_has_the_color_of_the_page(string style, string color)
    {
        using var notebook = new Notebook();
        var page = $"<style>body {{ {style} }}</style>" + Html(Settle(await notebook.Outputs(Plot)));
        Assert.Equal(color, Browser.Ask(page, """return getComputedStyle(document.querySelector(".gtitle")).fill;"""));
    }
}
