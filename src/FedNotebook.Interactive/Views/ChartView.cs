using System.Text.Json.Nodes;
using FedNotebook.Plots;
using Plotly.NET;

namespace FedNotebook.Views;

/// <summary>A Plotly.NET chart as HTML: a still picture, which the plotly.js of the page replaces by the living plot, without a network.</summary>
internal static class ChartView
{
    internal static string Html(GenericChart chart)
    {
        var id = "fednb-" + Guid.NewGuid().ToString("N")[..12];
        var figure = GenericChart.toFigureJson(chart);
        var read = JsonNode.Parse(figure)!;
        Markup still = Still(read) ?? Markup.Of($"{Text(read)} It is drawn where scripts run.");
        return $$"""
            {{NotebookPage.BringPlotly()}}<div id="{{id}}-1" style="min-height:400px">{{still.ToString()}}</div>
            {{PlotlyScript.Draw(id, 1, figure)}}
            """;
    }

    internal static string Text(GenericChart chart) => Text(JsonNode.Parse(GenericChart.toFigureJson(chart))!);

    private static Markup? Still(JsonNode figure)
    {
        try
        {
            return ChartStill.Of(figure);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or InvalidCastException or OverflowException)
        {
            // A figure may be anything; what is not understood is described.
            return null;
        }
    }

    private static string Text(JsonNode figure)
    {
        var kinds = (figure["data"] as JsonArray ?? []).Select(trace => ChartStill.Text(trace?["type"]) ?? "scatter").ToList();
        return kinds.Count == 1 ? $"A plot with one trace ({kinds[0]})." : $"A plot with {kinds.Count} traces ({string.Join(", ", kinds.Distinct())}).";
    }
}
