using System.Text.RegularExpressions;
using Plotly.NET.CSharp;
using Chart = Plotly.NET.CSharp.Chart;

namespace Plotly.NET.Tests;

public class ChartPageTests
{
    private const string Hostile = "</script><script>alert(1)</script><!--";

    [Fact]
    public void A_page_carries_plotly_and_asks_for_nothing_from_elsewhere()
    {
        var page = GenericChart.toEmbeddedHTML(Chart.Point<int, int, string>([1], [2]));

        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("plotly.js (cartesian - minified) v4.1.1", page);
        Assert.Contains("Licensed under the MIT license", page);
        Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]+(src|href)\s*=", page);
    }

    [Fact]
    public void Text_in_a_chart_cannot_end_the_script_that_draws_it()
    {
        var chart = Chart.Line<int, int, string>([1], [2], Name: Hostile).WithXAxisStyle<int, int, string>(TitleText: Hostile);

        var fragment = GenericChart.toChartHTML(chart);

        Assert.Single(Regex.Matches(fragment, "<script"));
        Assert.Single(Regex.Matches(fragment, "</script"));
        Assert.DoesNotContain("<!--", fragment);
    }

    [Fact]
    public void Two_fragments_on_a_page_draw_into_places_of_their_own()
    {
        var chart = Chart.Point<int, int, string>([1], [2]);
        Assert.NotEqual(GenericChart.toChartHTML(chart), GenericChart.toChartHTML(chart));
    }

    [Fact]
    public void SaveHtml_writes_the_page_and_adds_the_ending()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "chart");
            Chart.Point<int, int, string>([1], [2]).SaveHtml(path);
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path + ".html"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
