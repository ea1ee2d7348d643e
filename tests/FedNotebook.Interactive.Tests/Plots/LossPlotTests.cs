using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Plots;

public class LossPlotTests
{
    private const string Train = """
        using FedNotebook; using FedNotebook.Tests;
        var clock = new ManualClock();
        var plot = new LossPlot("Fashion-MNIST", total: 100, clock: clock);
        void Train(int batches, int milliseconds)
        {
            for (var i = 0; i < batches; i++) { plot.Add(2.0 / (plot.Count + 1), worker: i % 2 == 0 ? "bob" : "alice"); clock.Advance(milliseconds); }
        }
        """;

    [Fact]
    public async Task It_shows_itself_with_the_first_batch_and_grows_in_the_same_output()
    {
        using var notebook = new Notebook();
        Assert.Empty(await notebook.Outputs(Train));

        var outputs = await notebook.Outputs("Train(100, 100);");

        Assert.True(Assert.IsType<DisplayedValueProduced>(outputs[0]).BringsPlotly());
        var first = Assert.IsType<DisplayedValueProduced>(outputs[1]);
        Assert.StartsWith("Fashion-MNIST: 1 of 100 batches · loss 2", first.Text());
        Assert.NotEmpty(outputs.Skip(2));
        Assert.All(outputs.Skip(2), output => Assert.Equal(first.ValueId, Assert.IsType<DisplayedValueUpdated>(output).ValueId));
        Assert.StartsWith("Fashion-MNIST: 100 of 100 batches · loss 0.02", outputs[^1].Text());
    }

    [Fact]
    public async Task It_is_redrawn_at_most_five_times_a_second()
    {
        using var notebook = new Notebook();
        await notebook.Outputs(Train);

        var outputs = await notebook.Outputs("Train(90, 50);");

        // 90 batches in 4.5 seconds: plotly.js, then a drawing each 0.2 seconds from the first batch on, then the whole at the end of the cell.
        Assert.Equal(1 + 23 + 1, outputs.Count);
        Assert.Contains("90 of 100", outputs[^1].Text());
    }

    [Fact]
    public async Task Rounds_do_not_draw_it_more_often_and_all_are_in_it_at_the_end()
    {
        using var notebook = new Notebook();
        await notebook.Outputs(Train);

        var outputs = await notebook.Outputs("for (var round = 0; round < 50; round++) { Train(1, 10); plot.Round(accuracy: 0.5); }");

        Assert.Equal(1 + 3 + 1, outputs.Count);
        Assert.Contains("50 rounds", outputs[^1].Text());
        Assert.Equal(50, JsonNode.Parse(outputs[^1].In("application/vnd.plotly.v1+json"))!["data"]!.AsArray().Single(trace => (string)trace!["name"]! == "each round")!["x"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_not_drawn_yet_is_drawn_when_the_cell_ends_also_when_it_fails()
    {
        using var notebook = new Notebook();
        await notebook.Outputs(Train);

        var events = await notebook.Run("""Train(7, 1); throw new InvalidOperationException("stop");""");

        Assert.Single(events.OfType<CommandFailed>());
        Assert.Contains("7 of 100", events.OfType<DisplayEvent>().Last(output => output.ValueId is not null).Text());
    }

    [Fact]
    public async Task A_later_cell_goes_on_in_the_output_of_the_first()
    {
        using var notebook = new Notebook();
        await notebook.Outputs(Train);
        var shown = (await notebook.Outputs("Train(10, 1);"))[1];

        var later = await notebook.Outputs("Train(10, 1); plot.Round(accuracy: 0.5);");

        Assert.All(later, output => Assert.Equal(shown.ValueId, Assert.IsType<DisplayedValueUpdated>(output).ValueId));
        Assert.Contains("20 of 100", later[^1].Text());
        Assert.Contains("accuracy 50.0 %", later[^1].Text());
    }

    [Fact]
    public async Task Nothing_is_drawn_twice()
    {
        using var notebook = new Notebook();
        await notebook.Outputs(Train);
        await notebook.Outputs("Train(10, 1);");

        Assert.Empty(await notebook.Outputs("plot.Dispose();"));
    }

    [Fact]
    public async Task Plotly_comes_once_for_a_notebook_and_again_for_another()
    {
        const string plots = """
            new FedNotebook.LossPlot("a").Add(1);
            new FedNotebook.LossPlot("b").Add(1);
            """;
        using var notebook = new Notebook();
        using var other = new Notebook();

        Assert.Equal([true, false, false], (await notebook.Outputs(plots)).Select(output => output.BringsPlotly()));
        Assert.Equal([false], (await notebook.Outputs("""new FedNotebook.LossPlot("c").Add(1);""")).Select(output => output.BringsPlotly()));
        Assert.Equal([true, false, false], (await other.Outputs(plots)).Select(output => output.BringsPlotly()));
    }

    [Fact]
    public async Task A_cell_that_brought_plotly_brings_it_again_when_it_is_run_again()
    {
        const string cell = """new FedNotebook.LossPlot("a").Add(1);""";
        using var notebook = new Notebook();
        Assert.Contains(await notebook.Outputs(cell), output => output.BringsPlotly());
        Assert.Contains(await notebook.Outputs(cell), output => output.BringsPlotly());
    }

    [Theory]
    [InlineData("""new FedNotebook.LossPlot("a title of some length").Add(1);""", """new FedNotebook.LossPlot("another title of some length").Add(1);""")]
    [InlineData("var x = 1;\nvar y = 2;\nvar z = 3;\nnew FedNotebook.LossPlot().Add(x);", "var x = 7;\nvar y = 2;\nvar z = 3;\nnew FedNotebook.LossPlot().Add(x + 1);\n// done")]
    public async Task A_cell_that_brought_plotly_brings_it_again_when_it_was_edited(string cell, string edited)
    {
        using var notebook = new Notebook();
        Assert.Contains(await notebook.Outputs(cell), output => output.BringsPlotly());
        Assert.Contains(await notebook.Outputs(edited), output => output.BringsPlotly());
    }

    [Fact]
    public async Task When_the_cell_that_brought_plotly_no_longer_plots_the_next_plot_brings_it()
    {
        using var notebook = new Notebook();
        await notebook.Outputs("""new FedNotebook.LossPlot("a title").Add(1);""");
        await notebook.Outputs("""var x = new FedNotebook.LossPlot("a title");""");
        Assert.Contains(await notebook.Outputs("x.Add(2);"), output => output.BringsPlotly());
    }

    [Fact]
    public async Task An_interrupt_ends_the_loop_and_the_plot_keeps_what_was_learned()
    {
        using var notebook = new Notebook();
        await notebook.Outputs("""var plot = new FedNotebook.LossPlot("stopped", total: 1000); var learned = 0;""");

        var running = notebook.Run("foreach (var batch in Enumerable.Range(0, 1000)) { learned++; plot.Add(1.0 / learned, \"bob\"); await Task.Delay(20); }");
        await Task.Delay(1500);
        await notebook.Kernel.SendAsync(new Cancel());
        var events = await running;

        Assert.Single(events.OfType<CommandFailed>());
        var learned = (int)(await notebook.Show("learned")).Value!;
        Assert.InRange(learned, 1, 999);
        Assert.Contains($"{learned} of 1,000 batches", events.OfType<DisplayEvent>().Last().Text());
        Assert.Equal(learned, (await notebook.Show("plot.Count")).Value);
    }

    [Fact]
    public async Task While_it_grows_it_is_small_and_in_the_end_it_is_complete()
    {
        using var notebook = new Notebook();
        var outputs = await notebook.Outputs("""
            var plot = new FedNotebook.LossPlot("t", clock: new FedNotebook.Tests.ManualClock { Step = 5 });
            for (var i = 0; i < 1900; i++) plot.Add(1.0 / (i + 1));
            """);

        int Points(DisplayEvent output) => JsonNode.Parse(output.In("application/vnd.plotly.v1+json"))!["data"]![0]!["x"]!.AsArray().Count;
        Assert.All(outputs.Skip(1).SkipLast(1), output => Assert.InRange(Points(output), 1, 600));
        Assert.Equal(1900, Points(outputs[^1]));
    }

    [Fact]
    public async Task Every_output_has_html_text_and_a_figure()
    {
        using var notebook = new Notebook();
        var output = (await notebook.Outputs("""new FedNotebook.LossPlot("a").Add(1.5, "bob");"""))[^1];

        Assert.Equal(["text/html", "application/vnd.plotly.v1+json", "text/plain"], output.FormattedValues.Select(value => value.MimeType));
        var figure = JsonNode.Parse(output.In("application/vnd.plotly.v1+json"))!;
        Assert.Equal("[1.5]", figure["data"]![0]!["y"]!.ToJsonString());
    }

    [Fact]
    public async Task A_plot_at_the_end_of_a_cell_shows_itself_with_and_without_batches()
    {
        using var notebook = await Notebook.WithExtension();

        var empty = Assert.IsType<ReturnValueProduced>((await notebook.Outputs("""var plot = new LossPlot("mine"); plot"""))[^1]);
        Assert.Contains("mine", empty.Still().TextContent);
        Assert.Equal("mine: 0 batches", empty.Text());

        var filled = Assert.IsType<ReturnValueProduced>((await notebook.Outputs("plot.Add(0.25); plot"))[^1]);
        Assert.StartsWith("mine: 1 batch · loss 0.25", filled.Text());
    }

    [Fact]
    public void Outside_a_notebook_it_collects_and_writes_a_page()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var plot = new LossPlot("plain program", total: 2);
            plot.Add(1.5, worker: "bob");
            plot.Add(0.5, worker: "alice");
            plot.Round(accuracy: 0.75);
            plot.SaveHtml(Path.Combine(folder.FullName, "loss"));

            var page = File.ReadAllText(Path.Combine(folder.FullName, "loss.html"));
            Assert.Contains("plotly.js (cartesian - minified)", page);
            Assert.Contains("2 of 2 batches", page);
            Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]+(src|href)\s*=\s*.(?!data:)", page);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_time_that_is_left_is_told_from_the_batches_that_are_done()
    {
        var clock = new ManualClock();
        var plot = new LossPlot("t", total: 61, clock: clock);
        for (var i = 0; i < 31; i++)
        {
            plot.Add(1);
            clock.Advance(2000);
        }
        Assert.EndsWith("1:00 elapsed · about 1:00 left", plot.ToString());
    }

    [Fact]
    public void More_batches_than_were_announced_are_only_counted()
    {
        var plot = new LossPlot("t", total: 1);
        plot.Add(1);
        plot.Add(1);
        Assert.StartsWith("t: 2 batches · ", plot.ToString());
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new LossPlot("t", total: 0)).Message);
        Assert.Contains("83 % as 0.83", Assert.Throws<ArgumentOutOfRangeException>(() => new LossPlot("t").Round(83)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossPlot("t").Round(double.NaN));
        Assert.ThrowsAny<ArgumentException>(() => new LossPlot("t").SaveHtml(" "));
    }
}
