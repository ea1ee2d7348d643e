using System.Text.Json;
using FedNotebook.Plots;
using Plotly.NET;

namespace FedNotebook.Views;

/// <summary>A Plotly.NET chart as HTML that is drawn by the plotly.js of the page, without a network.</summary>
internal static class ChartView
{
    internal static string Html(GenericChart chart)
    {
        var id = "fednb-" + Guid.NewGuid().ToString("N")[..12];
        return $$"""
            {{NotebookPage.BringPlotly()}}<div id="{{id}}-1" style="min-height:450px">{{Text(chart)}} It is drawn where scripts run.</div>
            {{PlotlyScript.Draw(id, 1, GenericChart.toFigureJson(chart))}}
            """;
    }

    internal static string Text(GenericChart chart)
    {
        using var figure = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        var kinds = figure.RootElement.GetProperty("data").EnumerateArray()
            .Select(trace => trace.TryGetProperty("type", out var type) ? type.GetString()! : "scatter").ToList();
        return kinds.Count == 1 ? $"A plot with one trace ({kinds[0]})." : $"A plot with {kinds.Count} traces ({string.Join(", ", kinds.Distinct())}).";
    }
}
