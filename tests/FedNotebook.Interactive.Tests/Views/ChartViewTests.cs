using AngleSharp.Dom;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Views;

public class ChartViewTests
{
    private const string Chart = """Plotly.NET.CSharp.Chart.Line<int, int, string>([1, 2], [3, 4], Name: "</script><b>")""";

    [Fact]
    public async Task A_chart_at_the_end_of_a_cell_is_drawn_by_the_plotly_of_the_page()
    {
        using var notebook = await Notebook.WithExtension();

        var outputs = await notebook.Outputs(Chart);

        Assert.True(Assert.IsType<DisplayedValueProduced>(outputs[0]).BringsPlotly());
        var shown = Assert.IsType<ReturnValueProduced>(outputs[1]);
        Assert.False(shown.BringsPlotly());
        Assert.Contains("fednbPlots", shown.Html());
        Assert.Equal(1, shown.Html().Split("</script").Length - 1);
        Assert.Equal("A plot with one trace (scatter).", shown.Text());
        Assert.Contains("\"frames\"", shown.In("application/vnd.plotly.v1+json"));
    }

    [Fact]
    public async Task A_second_chart_finds_plotly_on_the_page()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(Chart);
        Assert.False(Assert.Single(await notebook.Outputs("Plotly.NET.CSharp.Chart.Point<int, int, string>([1], [2])")).BringsPlotly());
    }

    [Fact]
    public async Task Where_scripts_are_stripped_a_line_is_a_still_picture()
    {
        using var notebook = await Notebook.WithExtension();
        var still = (await notebook.Show("Plotly.NET.CSharp.Chart.Line<double, double, string>([0, 1, 2], [4, 1, 0])")).Still();

        var heights = still.QuerySelector("polyline")!.GetAttribute("points")!.Split(' ').Select(point => double.Parse(point.Split(',')[1])).ToList();
        Assert.Equal(heights.Order(), heights);
        Assert.Equal(3, heights.Count);
        Assert.Contains("4", still.QuerySelectorAll("text").Select(text => text.TextContent));
    }

    [Fact]
    public async Task A_still_picture_is_described_for_those_who_do_not_see_it()
    {
        using var notebook = await Notebook.WithExtension();
        const string line = "Plotly.NET.CSharp.Chart.Line<double, double, string>([0, 1, 2], [4, 1, 0])";
        async Task<string> Description(string chart) => (await notebook.Show("using Plotly.NET.CSharp;\n" + chart)).Page().QuerySelector("img")!.GetAttribute("alt")!;
        Assert.Equal("a plot", await Description(line));
        Assert.Equal("loss by round", await Description(line + """.WithXAxisStyle<double, double, string>(TitleText: "round").WithYAxisStyle<double, double, string>(TitleText: "loss")"""));
    }

    [Fact]
    public async Task Bars_stand_over_their_names_and_hang_below_zero()
    {
        using var notebook = await Notebook.WithExtension();
        var still = (await notebook.Show("""Plotly.NET.CSharp.Chart.Column<int, string, string>(new[] { 2, -1, 4 }, Keys: new[] { "bob", "<alice>", "cy" })""")).Still();

        var bars = still.QuerySelectorAll("rect").ToList();
        double Number(IElement bar, string name) => double.Parse(bar.GetAttribute(name)!);
        Assert.Equal(3, bars.Count);
        Assert.Equal(2, Number(bars[0], "height") / Number(bars[1], "height"), 1);
        Assert.Equal(2, Number(bars[2], "height") / Number(bars[0], "height"), 1);
        Assert.Equal(Number(bars[0], "y") + Number(bars[0], "height"), Number(bars[1], "y"), 0.2);
        Assert.Contains("<alice>", still.QuerySelectorAll("text").Select(text => text.TextContent));
    }

    [Fact]
    public async Task A_heatmap_has_a_cell_for_each_number()
    {
        using var notebook = await Notebook.WithExtension();
        var still = (await notebook.Show("""Plotly.NET.CSharp.Chart.Heatmap<double, string, string, string>(new[] { new[] { 1.0, 2 }, new[] { 3.0, 4 } })""")).Still();
        Assert.DoesNotContain("H", string.Concat(still.QuerySelectorAll("path").Select(line => line.GetAttribute("d"))));
        var shades = still.QuerySelectorAll("rect").Select(cell => double.Parse(cell.GetAttribute("fill-opacity")!)).ToList();
        Assert.Equal(4, shades.Distinct().Count());
        Assert.Equal(shades.Order(), shades);
    }
}
