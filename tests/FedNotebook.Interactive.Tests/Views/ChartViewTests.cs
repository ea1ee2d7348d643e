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
}
