using System.Text.Json.Nodes;
using Plotly.NET.Figures;

namespace Plotly.NET;

public sealed class GenericChart
{
    private readonly JsonArray data;
    private readonly JsonObject layout;

    internal GenericChart(JsonArray data, JsonObject layout)
    {
        this.data = data;
        this.layout = layout;
    }

    // Charts do not change: who builds on one gets its own copy.
    internal JsonArray CopyData() => (JsonArray)data.DeepClone();

    internal JsonObject CopyLayout() => (JsonObject)layout.DeepClone();

    public static string toJson(GenericChart gChart)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return FigureJson.Write(new() { ["data"] = gChart.CopyData(), ["layout"] = gChart.CopyLayout(), ["config"] = new JsonObject { ["responsive"] = true } });
    }

    public static string toFigureJson(GenericChart gChart)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return FigureJson.Write(new() { ["data"] = gChart.CopyData(), ["layout"] = gChart.CopyLayout(), ["frames"] = new JsonArray() });
    }

    // Upstream's script fetches plotly.js; this one draws with the plotly.js of the page that it is put into.
    public static string toChartHTML(GenericChart gChart) => ChartPage.Fragment(toJson(gChart));

    public static string toEmbeddedHTML(GenericChart gChart) => ChartPage.Whole(toJson(gChart));
}
