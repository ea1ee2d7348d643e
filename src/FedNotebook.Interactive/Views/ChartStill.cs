using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>
/// A Plotly figure as a still picture, for pages that strip scripts: points, lines, bars and heatmaps on one pair of plain axes. Any
/// other figure has none, and is described in words.
/// </summary>
internal static partial class ChartStill
{
    private const int Width = 640, Height = 400, Left = 76, Right = 20, Top = 56, Bottom = 56, MostPoints = 1000, MostCells = 10_000;

    /// <summary>The picture, or null where there is none.</summary>
    internal static Markup? Of(JsonNode figure)
    {
        var layout = figure["layout"] as JsonObject ?? [];
        List<ChartTrace> traces = [.. (figure["data"] as JsonArray ?? []).OfType<JsonObject>().Select((trace, i) => ChartTrace.Of(trace, i)).OfType<ChartTrace>()];
        if (traces.Count == 0 || traces.Count < (figure["data"] as JsonArray)!.Count || !IsPlain(layout)) return null;
        if (traces.Exists(trace => trace.Kind == ChartKind.Heatmap) && traces.Count > 1) return null;

        var (xs, ys) = (ChartAxis.Of(traces, trace => trace.X, ofBars: false), ChartAxis.Of(traces, trace => trace.Y, ofBars: traces.Exists(trace => trace.Kind == ChartKind.Bar)));
        var frame = new ChartFrame(xs.Placed(Left, Width - Right), ys.Placed(Height - Bottom, Top));
        Markup drawing = $"""
            <text x="{Left}" y="22" font-size="16">{TitleOf(layout)}</text>{Axes(frame, layout, hasLines: traces[0].Kind != ChartKind.Heatmap)}{traces.Select((trace, i) => Drawn(trace, i, traces, frame))}{Legend(traces)}
            """;
        return StillImage.Of(drawing.ToString(), Width, Height, Described(layout));
    }

    // Several plots in one figure, and axes that count otherwise, are left to plotly.js.
    private static bool IsPlain(JsonObject layout) =>
        !layout.Any(entry => SecondAxis().IsMatch(entry.Key)) && layout["grid"] is null
        && ((string[])["xaxis", "yaxis"]).All(axis => Text(layout[axis]?["type"]) is null or "" or "-" or "linear" or "category" or "date");

    // What a reader hears who does not see it.
    private static string Described(JsonObject layout) =>
        TitleOf(layout) is { Length: > 0 } title ? title : string.Join(" by ", ((string[])[TitleOf(layout["yaxis"]), TitleOf(layout["xaxis"])]).Where(name => name.Length > 0)) is { Length: > 0 } axes ? axes : "a plot";

    private static string TitleOf(JsonNode? holder) => Text(holder?["title"]?["text"] ?? holder?["title"] as JsonValue) ?? "";

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Names that stand close to each other are written smaller.
    private static bool IsCrowded(ChartAxis axis) => axis.Step < 60 && axis.Ticks.Any(tick => tick.Label.Length > 6);

    private static Markup Axes(ChartFrame frame, JsonObject layout, bool hasLines) => $"""
        {frame.Y.Ticks.Select(tick => Row(frame.Y.At(tick.Place), tick.Label, hasLines))}{frame.X.Ticks.Select(tick => Column(frame.X.At(tick.Place), tick.Label, IsCrowded(frame.X)))}<text x="{(Left + Width - Right) / 2}" y="{Height - 12}" text-anchor="middle">{TitleOf(layout["xaxis"])}</text><text transform="translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{TitleOf(layout["yaxis"])}</text>
        """;

    private static Markup Row(double y, string label, bool hasLine) =>
        $"""{(hasLine ? Markup.Of($"""<path d="M{Left} {y:0.#}H{Width - Right}" stroke="#808080" stroke-opacity=".25"/>""") : Markup.None)}<text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end">{Short(label, 9)}</text>""";

    private static Markup Column(double x, string label, bool isCrowded) =>
        $"""<text x="{x:0.#}" y="{Height - Bottom + 18}" text-anchor="middle"{(isCrowded ? Markup.Raw(" font-size=\"10.5\"") : Markup.None)}>{Short(label, 12)}</text>""";

    private static Markup Drawn(ChartTrace trace, int index, List<ChartTrace> all, ChartFrame frame) => trace.Kind switch
    {
        ChartKind.Bar => Bars(trace, all, frame),
        ChartKind.Heatmap => Cells(trace, frame),
        _ => Markup.Of($"{Line(trace, frame)}{Points(trace, frame)}"),
    };

    private static Markup Line(ChartTrace trace, ChartFrame frame) => trace.HasLine
        ? Markup.Of($"""<polyline points="{Markup.Join(" ", Places(trace, frame).Select(at => Markup.Of($"{at.X:0.#},{at.Y:0.#}")))}" fill="none" stroke="{trace.Color}" stroke-width="2" stroke-linejoin="round"/>""")
        : Markup.None;

    private static Markup Points(ChartTrace trace, ChartFrame frame) => trace.HasPoints
        ? Markup.Of($"""<path d="{Markup.Join("", Places(trace, frame).Select(at => Markup.Of($"M{at.X:0.#} {at.Y:0.#}h0")))}" fill="none" stroke="{trace.Color}" stroke-width="7" stroke-linecap="round"/>""")
        : Markup.None;

    private static IEnumerable<(double X, double Y)> Places(ChartTrace trace, ChartFrame frame)
    {
        var count = Math.Min(trace.X.Count, trace.Y.Count);
        var every = Math.Max(1, (count + MostPoints - 1) / MostPoints);
        for (var i = 0; i < count; i += every)
            if (frame.X.Of(trace.X[i]) is { } x && frame.Y.Of(trace.Y[i]) is { } y) yield return (frame.X.At(x), frame.Y.At(y));
    }

    // Bars of one place stand side by side.
    private static Markup Bars(ChartTrace trace, List<ChartTrace> all, ChartFrame frame)
    {
        var bars = all.Where(other => other.Kind == ChartKind.Bar).ToList();
        var step = frame.X.Step;
        var width = Math.Max(1, 0.8 * step / bars.Count);
        var shift = -0.4 * step + width * bars.IndexOf(trace);
        return $"{Places(trace, frame).Select(at => Bar(at.X + shift, at.Y, width, frame.Y.At(0), trace.Color))}";
    }

    private static Markup Bar(double x, double y, double width, double zero, string color) =>
        $"""<rect x="{x:0.#}" y="{Math.Min(y, zero):0.#}" width="{width:0.#}" height="{Math.Abs(zero - y):0.#}" fill="{color}"/>""";

    private static Markup Cells(ChartTrace trace, ChartFrame frame)
    {
        var (width, height) = (frame.X.Step, frame.Y.Step);
        var known = trace.Z.SelectMany(row => row).OfType<double>().ToList();
        if (known.Count == 0 || known.Count > MostCells) return Markup.None;
        var (low, high) = (known.Min(), known.Max());
        return $"""
            {trace.Z.SelectMany((row, y) => row.Select((z, x) => Cell(frame.X.At(x) - width / 2, frame.Y.At(y) - height / 2, width, height, z is { } value ? (value - low) / Math.Max(high - low, 1e-300) : null)))}
            """;
    }

    private static Markup Cell(double x, double y, double width, double height, double? share) => share is { } of
        ? Markup.Of($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width + 0.3:0.#}" height="{height + 0.3:0.#}" fill="#3b82c4" fill-opacity="{0.06 + 0.9 * of:0.##}"/>""")
        : Markup.None;

    private static Markup Legend(IReadOnlyList<ChartTrace> traces)
    {
        var named = traces.Where(trace => trace.Name.Length > 0).Take(6).ToList();
        return traces.Count < 2 ? Markup.None : Markup.Of($"""<text x="{Left}" y="44">{named.Select(LegendName)}</text>""");
    }

    private static Markup LegendName(ChartTrace trace) => $"""<tspan fill="{trace.Color}">●</tspan> <tspan>{Short(trace.Name, 20)}</tspan>   """;

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    [GeneratedRegex(@"^[xy]axis[0-9]+$|^(scene|geo|polar|ternary|map|mapbox)")]
    private static partial Regex SecondAxis();
}
