using System.Text.Json.Nodes;
using Plotly.NET.Figures;

namespace Plotly.NET.CSharp;

public static class Chart
{
    public static GenericChart Line<XType, YType, TextType>(
        IEnumerable<XType> x,
        IEnumerable<YType> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<Color> LineColor = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
    {
        var line = new JsonObject();
        if (LineColor.IsSome)
            line["color"] = LineColor.Value.Css;
        if (LineWidth.IsSome)
            line["width"] = LineWidth.Value;
        if (LineDash.IsSome)
            line["dash"] = LineDash.Value.Name;

        var trace = Scatter(x, y, ShowMarkers is { IsSome: true, Value: true } ? "lines+markers" : "lines", Name);
        if (ShowLegend.IsSome)
            trace["showlegend"] = ShowLegend.Value;
        if (Opacity.IsSome)
            trace["opacity"] = Opacity.Value;
        if (line.Count > 0)
            trace["line"] = line;
        return Of(trace);
    }

    public static GenericChart Point<XType, YType, TextType>(
        IEnumerable<XType> x,
        IEnumerable<YType> y,
        Optional<string> Name = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
        => Of(Scatter(x, y, "markers", Name));

    public static GenericChart Column<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values,
        Optional<IEnumerable<KeysType>> Keys = default,
        Optional<string> Name = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible
    {
        ArgumentNullException.ThrowIfNull(values);
        var trace = new JsonObject { ["type"] = "bar", ["orientation"] = "v", ["y"] = FigureJson.Values(values) };
        if (Keys.IsSome)
            trace["x"] = FigureJson.Values(Keys.Value);
        if (Name.IsSome)
            trace["name"] = Name.Value;
        return Of(trace);
    }

    public static GenericChart Heatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData,
        Optional<IEnumerable<XType>> X = default,
        Optional<IEnumerable<YType>> Y = default)
        where ZType : IConvertible
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
    {
        ArgumentNullException.ThrowIfNull(zData);
        var rows = new JsonArray();
        foreach (var row in zData)
            rows.Add(FigureJson.Values(row));
        var trace = new JsonObject { ["type"] = "heatmap", ["z"] = rows };
        if (X.IsSome)
            trace["x"] = FigureJson.Values(X.Value);
        if (Y.IsSome)
            trace["y"] = FigureJson.Values(Y.Value);
        return Of(trace);
    }

    public static GenericChart Combine(IEnumerable<GenericChart> gCharts)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        return ChartGrid.Overlay(gCharts);
    }

    public static GenericChart Grid(IEnumerable<GenericChart> gCharts, int nRows, int nCols)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        return ChartGrid.Arrange([.. gCharts], nRows, nCols);
    }

    private static JsonObject Scatter<XType, YType>(IEnumerable<XType> x, IEnumerable<YType> y, string mode, Optional<string> name)
        where XType : IConvertible
        where YType : IConvertible
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var trace = new JsonObject { ["type"] = "scatter", ["mode"] = mode, ["x"] = FigureJson.Values(x), ["y"] = FigureJson.Values(y) };
        if (name.IsSome)
            trace["name"] = name.Value;
        return trace;
    }

    private static GenericChart Of(JsonObject trace) => new(new JsonArray(trace), new JsonObject());
}
