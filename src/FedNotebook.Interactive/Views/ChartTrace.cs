using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>A trace of a Plotly figure, as far as a still picture draws it: places are numbers or names.</summary>
internal sealed partial record ChartTrace(ChartKind Kind, string Name, string Color, bool HasLine, bool HasPoints, IReadOnlyList<object> X, IReadOnlyList<object> Y, IReadOnlyList<IReadOnlyList<double?>> Z)
{
    /// <summary>Null for a trace that a still picture cannot draw.</summary>
    internal static ChartTrace? Of(JsonObject trace, int index)
    {
        var mode = ChartStill.Text(trace["mode"]) ?? "lines+markers";
        ChartKind? kind = ChartStill.Text(trace["type"]) switch
        {
            null or "" or "scatter" or "scattergl" => ChartKind.Scatter,
            "bar" when ChartStill.Text(trace["orientation"]) != "h" => ChartKind.Bar,
            "heatmap" => ChartKind.Heatmap,
            _ => null,
        };
        if (kind is null || ChartStill.Text(trace["xaxis"]) is not (null or "x") || ChartStill.Text(trace["yaxis"]) is not (null or "y")) return null;

        var z = kind == ChartKind.Heatmap ? Rows(trace["z"]) : [];
        var (x, y) = (Places(trace["x"]), Places(trace["y"]));
        if (kind == ChartKind.Heatmap) (x, y) = (Named(x.Count > 0 ? x : Counted(z.Count == 0 ? 0 : z.Max(row => row.Count))), Named(y.Count > 0 ? y : Counted(z.Count)));
        else if (x.Count == 0) x = Counted(y.Count);
        return new(kind.Value, ChartStill.Text(trace["name"]) ?? "", ColorOf(trace) ?? Palette.Worker(index), mode.Contains("lines"), mode.Contains("markers"), x, y, z);
    }

    private static IReadOnlyList<object> Counted(int count) => [.. Enumerable.Range(0, count).Select(i => (object)(double)i)];

    // Rows and columns of a heatmap are as wide as one another, whatever their numbers.
    private static IReadOnlyList<object> Named(IReadOnlyList<object> places) => [.. places.Select(place => (object)string.Create(CultureInfo.InvariantCulture, $"{place}"))];

    // A list that is coded as binary, as Plotly may, is left to plotly.js: then there are no places.
    private static IReadOnlyList<object> Places(JsonNode? list) => [.. (list as JsonArray ?? []).Select(Place)];

    private static object Place(JsonNode? node) => Number(node) is { } number ? number : ChartStill.Text(node) ?? node?.ToJsonString() ?? "";

    private static IReadOnlyList<IReadOnlyList<double?>> Rows(JsonNode? rows) =>
        [.. (rows as JsonArray ?? []).OfType<JsonArray>().Select(row => (IReadOnlyList<double?>)[.. row.Select(Number)])];

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    // Only what is a color and nothing else gets into the picture.
    private static string? ColorOf(JsonObject trace) =>
        ((JsonNode?[])[trace["line"]?["color"], trace["marker"]?["color"]]).Select(ChartStill.Text).FirstOrDefault(color => color is not null && IsColor().IsMatch(color));

    [GeneratedRegex(@"^(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgba?\([0-9., %]+\))$")]
    private static partial Regex IsColor();
}
