using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET.CSharp;
using Chart = Plotly.NET.CSharp.Chart;

namespace Plotly.NET.Tests;

public class ChartTests
{
    private static JsonNode Figure(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    private static string Compact(JsonNode? node) => node!.ToJsonString();

    [Fact]
    public void A_line_is_a_scatter_trace_with_its_name_and_style()
    {
        var chart = Chart.Line<int, double, string>([1, 2, 3], [0.5, 1.5, -2], ShowMarkers: true, Name: "loss", Opacity: 0.4,
            LineColor: Color.fromHex("#1f77b4"), LineWidth: 3.5, LineDash: StyleParam.DrawingStyle.Dash);

        Assert.Equal(
            """{"type":"scatter","mode":"lines\u002Bmarkers","x":[1,2,3],"y":[0.5,1.5,-2],"name":"loss","opacity":0.4,"line":{"color":"rgba(31, 119, 180, 1.0)","width":3.5,"dash":"dash"}}""",
            Compact(Figure(chart)["data"]![0]));
    }

    [Fact]
    public void Points_columns_and_heatmaps_are_the_traces_of_their_kind()
    {
        Assert.Equal("""{"type":"scatter","mode":"markers","x":[1],"y":[2],"name":"p"}""",
            Compact(Figure(Chart.Point<int, int, string>([1], [2], Name: "p"))["data"]![0]));
        Assert.Equal("""{"type":"bar","orientation":"v","y":[3,4],"x":["a","b"],"name":"c"}""",
            Compact(Figure(Chart.Column<int, string, string>([3, 4], Keys: new[] { "a", "b" }, Name: "c"))["data"]![0]));
        Assert.Equal("""{"type":"heatmap","z":[[1,2],[3,4]],"x":["a","b"],"y":[5,6]}""",
            Compact(Figure(Chart.Heatmap<int, string, int, string>([[1, 2], [3, 4]], X: new[] { "a", "b" }, Y: new[] { 5, 6 }))["data"]![0]));
    }

    [Fact]
    public void Numbers_keep_their_point_in_every_culture_and_what_is_no_number_is_a_gap()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = "," } };
        try
        {
            var trace = Figure(Chart.Line<double, float, string>([1.5, double.NaN], [0.1f, float.PositiveInfinity]))["data"]![0]!;
            Assert.Equal("[1.5,null]", Compact(trace["x"]));
            Assert.Equal("[0.1,null]", Compact(trace["y"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Dates_texts_and_decimals_can_stand_on_an_axis()
    {
        Assert.Equal("""["2026-03-04T05:06:07"]""", Compact(Figure(Chart.Point<DateTime, int, string>([new(2026, 3, 4, 5, 6, 7)], [1]))["data"]![0]!["x"]));
        Assert.Equal("""["bob"]""", Compact(Figure(Chart.Point<string, int, string>(["bob"], [1]))["data"]![0]!["x"]));
        Assert.Equal("[0.10]", Compact(Figure(Chart.Point<decimal, int, string>([0.10m], [1]))["data"]![0]!["x"]));
    }

    [Fact]
    public void Sizes_and_axis_titles_go_to_the_layout_and_leave_the_chart_they_started_from_alone()
    {
        var plain = Chart.Point<int, int, string>([1], [2]);
        var styled = plain.WithSize(Width: 640).WithSize(Height: 480).WithXAxisStyle<int, int, string>(TitleText: "batch").WithYAxisStyle<int, int, string>(TitleText: "loss");

        Assert.Equal("""{"width":640,"height":480,"xaxis":{"title":{"text":"batch"}},"yaxis":{"title":{"text":"loss"}}}""", Compact(Figure(styled)["layout"]));
        Assert.Equal("{}", Compact(Figure(plain)["layout"]));
    }

    [Fact]
    public void Combined_charts_share_their_axes()
    {
        var both = Figure(Chart.Combine([
            Chart.Point<int, int, string>([1], [2]).WithXAxisStyle<int, int, string>(TitleText: "x"),
            Chart.Line<int, int, string>([1], [2]).WithYAxisStyle<int, int, string>(TitleText: "y"),
        ]));

        Assert.Equal(2, both["data"]!.AsArray().Count);
        Assert.Equal("""{"xaxis":{"title":{"text":"x"}},"yaxis":{"title":{"text":"y"}}}""", Compact(both["layout"]));
    }

    [Fact]
    public void Charts_in_a_grid_keep_their_own_axes()
    {
        var grid = Figure(Chart.Grid([
            Chart.Point<int, int, string>([1], [2]).WithXAxisStyle<int, int, string>(TitleText: "first"),
            Chart.Point<int, int, string>([3], [4]).WithXAxisStyle<int, int, string>(TitleText: "second"),
        ], 1, 2));

        Assert.Equal(["x", "x2"], grid["data"]!.AsArray().Select(trace => (string)trace!["xaxis"]!));
        Assert.Equal(["y", "y2"], grid["data"]!.AsArray().Select(trace => (string)trace!["yaxis"]!));
        Assert.Equal("first", (string)grid["layout"]!["xaxis"]!["title"]!["text"]!);
        Assert.Equal("second", (string)grid["layout"]!["xaxis2"]!["title"]!["text"]!);
        Assert.Equal("""{"rows":1,"columns":2,"pattern":"independent"}""", Compact(grid["layout"]!["grid"]));
    }

    [Fact]
    public void A_grid_that_is_too_small_says_so()
    {
        var chart = Chart.Point<int, int, string>([1], [2]);
        Assert.Contains("3 charts do not fit", Assert.Throws<ArgumentException>(() => Chart.Grid([chart, chart, chart], 1, 2)).Message);
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => Chart.Grid([chart], 0, 2)).Message);
    }

    [Fact]
    public void The_figure_has_frames_and_the_chart_has_a_config()
    {
        var chart = Chart.Point<int, int, string>([1], [2]);
        Assert.Equal(["data", "layout", "frames"], JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["data", "layout", "config"], JsonDocument.Parse(GenericChart.toJson(chart)).RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12")]
    [InlineData("#-12345")]
    public void A_color_that_is_no_hexadecimal_number_is_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<ArgumentException>(() => Color.fromHex(text)).Message);

    [Fact]
    public void A_color_can_be_given_in_any_form_that_css_knows()
    {
        Assert.Equal(Color.fromRGB(255, 0, 16), Color.fromHex("#FF0010"));
        Assert.Equal("steelblue", (string)Figure(Chart.Line<int, int, string>([1], [1], LineColor: Color.fromString("steelblue")))["data"]![0]!["line"]!["color"]!);
    }
}
