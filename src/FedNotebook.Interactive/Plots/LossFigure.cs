using System.Globalization;
using System.Text.Json.Nodes;

namespace FedNotebook.Plots;

/// <summary>A loss curve as a Plotly figure: points for each batch, lines for what is smoothed, rounds and accuracy.</summary>
internal static class LossFigure
{
    /// <summary>How many points a finished plot has at most, and one that still grows and is sent again and again.</summary>
    internal const int Finished = 2000, Growing = 600;

    /// <summary>A smooth line needs fewer points than a cloud.</summary>
    internal const int PointsPerLinePoint = 6;

    internal const int Height = 400;

    internal const int MostWorkerLines = 6, MostRoundMarks = 40, MostRoundMeans = 200;

    /// <summary>The room that the name of a round takes along the axis, as a share of it.</summary>
    private const double RoomOfName = 0.02;

    private const int MostNamesInARow = 5;

    private const string Grid = "rgba(128,128,128,0.22)";

    internal static string Json(LossCurve curve, int most = Finished)
    {
        var data = new JsonArray();
        var drawn = curve.Drawn;
        var points = Math.Max(2, most / Math.Max(1, drawn.Count));
        var hasLines = HasWorkerLines(curve);
        for (var i = 0; i < drawn.Count; i++)
            data.Add(Points(drawn[i], i, points, showInLegend: !hasLines));
        if (hasLines)
            for (var i = 0; i < drawn.Count; i++)
                data.Add(WorkerLine(drawn[i], i, most));
        data.Add(Line("smoothed", curve.Smoothed, Palette.Overall, 3, most));
        AddRoundMeans(data, curve);

        var layout = Layout(curve);
        if (curve.Rounds.Any(round => round.Accuracy is not null))
        {
            data.Add(Accuracy(curve));
            layout["yaxis2"] = new JsonObject
            {
                ["title"] = Text("accuracy"), ["overlaying"] = "y", ["side"] = "right", ["range"] = new JsonArray(0, 1.02), ["tickmode"] = "linear", ["dtick"] = 0.25, ["tickformat"] = ".0%",
                ["showgrid"] = false, ["zeroline"] = false, ["fixedrange"] = true,
            };
        }
        return new JsonObject { ["data"] = data, ["layout"] = layout }.ToJsonString();
    }

    /// <summary>Lines of their own for a few workers; of more they would hide the picture.</summary>
    internal static bool HasWorkerLines(LossCurve curve) => curve.Drawn.Count is > 1 and <= MostWorkerLines;

    // The mean of each round: overall, and of each worker, which comes and goes with the worker's line.
    private static void AddRoundMeans(JsonArray data, LossCurve curve)
    {
        if (curve.All.Rounds.Count == 0)
            return;
        if (HasWorkerLines(curve))
            for (var i = 0; i < curve.Drawn.Count; i++)
                if (curve.Drawn[i].Rounds.Count > 0)
                {
                    var means = RoundMeans($"{curve.Drawn[i].Name}, each round", curve.Drawn[i].Rounds, Palette.Worker(i), "square-open");
                    (means["legendgroup"], means["showlegend"]) = ("w" + i, false);
                    data.Add(means);
                }
        data.Add(RoundMeans("each round", curve.All.Rounds, Palette.Overall, "square"));
    }

    private static JsonObject RoundMeans(string name, IReadOnlyList<LossPoint> rounds, string color, string symbol) => new(Xy(Thinning.To(MostRoundMeans, rounds)))
    {
        ["type"] = "scatter", ["mode"] = "markers", ["name"] = Escape(name),
        ["marker"] = new JsonObject { ["color"] = color, ["size"] = 8, ["symbol"] = symbol },
        ["hovertemplate"] = "round that ended with batch %{x}<br>mean loss %{y:.4g}",
    };

    private static JsonObject Points(LossSeries series, int index, int most, bool showInLegend) => new(Xy(Thinning.To(most, series.Points)))
    {
        ["type"] = "scatter", ["mode"] = "markers", ["name"] = Escape(series.Name), ["legendgroup"] = "w" + index, ["showlegend"] = showInLegend,
        ["marker"] = new JsonObject { ["color"] = Palette.Worker(index), ["size"] = 4, ["opacity"] = 0.35 },
        ["hovertemplate"] = "batch %{x}<br>loss %{y:.4g}",
    };

    private static JsonObject WorkerLine(LossSeries series, int index, int most)
    {
        var line = Line(series.Name, series.Smoothed, Palette.Worker(index), 1.5, most);
        line["legendgroup"] = "w" + index;
        return line;
    }

    private static JsonObject Line(string name, IReadOnlyList<LossPoint> points, string color, double width, int most) =>
        new(Xy(Thinning.Evenly(most / PointsPerLinePoint, points)))
    {
        ["type"] = "scatter", ["mode"] = "lines", ["name"] = Escape(name),
        ["line"] = new JsonObject { ["color"] = color, ["width"] = width },
        ["hovertemplate"] = "batch %{x}<br>smoothed loss %{y:.4g}",
    };

    private static JsonObject Accuracy(LossCurve curve)
    {
        return new(Xy(AccuracyPoints(curve)))
        {
            ["type"] = "scatter", ["mode"] = "lines+markers", ["name"] = "accuracy", ["yaxis"] = "y2",
            ["line"] = new JsonObject { ["color"] = Palette.Accuracy, ["width"] = 1.5, ["dash"] = "dot" },
            ["marker"] = new JsonObject { ["color"] = Palette.Accuracy, ["size"] = 8, ["symbol"] = "diamond" },
            ["hovertemplate"] = "after batch %{x}<br>accuracy %{y:.2%}",
        };
    }

    internal static IReadOnlyList<LossPoint> AccuracyPoints(LossCurve curve) =>
        Thinning.To(MostRoundMeans, [.. curve.Rounds.Where(round => round.Accuracy is not null).Select(round => new LossPoint(round.Batch, round.Accuracy!.Value))]);

    /// <summary>The rounds whose end is marked: all, or every so many of very many.</summary>
    internal static IEnumerable<RoundMark> Marked(LossCurve curve)
    {
        var every = (curve.Rounds.Count + MostRoundMarks - 1) / MostRoundMarks;
        return curve.Rounds.Where(round => round.Number % Math.Max(1, every) == 0);
    }

    /// <summary>The marked rounds whose names find room beside each other: short rounds between long ones have none.</summary>
    internal static IEnumerable<RoundMark> Named(LossCurve curve)
    {
        var room = RoomOfName * (curve.Total ?? curve.Count);
        double free = 0;
        foreach (var round in Marked(curve))
            if (round.Batch >= free)
            {
                free = round.Batch + room;
                yield return round;
            }
    }

    private static JsonObject Layout(LossCurve curve) => new()
    {
        ["title"] = new JsonObject
        {
            ["text"] = Escape(curve.Title), ["x"] = 0, ["xref"] = "paper", ["xanchor"] = "left", ["y"] = 0.97, ["yanchor"] = "top",
            ["font"] = new JsonObject { ["size"] = 16 },
        },
        ["height"] = Height,
        ["autosize"] = true,
        // The names of many workers take two rows, which must not reach the title.
        ["margin"] = new JsonObject { ["l"] = 58, ["r"] = 58, ["t"] = curve.Drawn.Count > MostNamesInARow ? 96 : 64, ["b"] = 56 },
        // One color for the text of light and of dark pages; where draw.js draws, it takes the page's own.
        ["font"] = new JsonObject { ["family"] = "system-ui, -apple-system, Segoe UI, sans-serif", ["size"] = 12, ["color"] = "#808080" },
        ["paper_bgcolor"] = "rgba(0,0,0,0)",
        ["plot_bgcolor"] = "rgba(0,0,0,0)",
        // The nearest batch answers wherever the mouse is, however far its dot.
        ["hovermode"] = "closest",
        ["hoverdistance"] = -1,
        ["hoverlabel"] = new JsonObject { ["namelength"] = -1 },
        ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 1, ["xanchor"] = "right", ["y"] = 1.02, ["yanchor"] = "bottom", ["itemsizing"] = "constant" },
        // Kept as long as this stays the same: zooming survives the updates.
        ["uirevision"] = "loss",
        ["modebar"] = new JsonObject { ["bgcolor"] = "rgba(0,0,0,0)", ["color"] = "rgba(128,128,128,0.5)", ["activecolor"] = "rgba(128,128,128,1)" },
        ["xaxis"] = BatchAxis(curve),
        ["yaxis"] = new JsonObject { ["title"] = Text("loss"), ["automargin"] = true, ["gridcolor"] = Grid, ["zerolinecolor"] = Grid, ["rangemode"] = FromZero(curve) ? "tozero" : "normal" },
        ["shapes"] = Rounds(curve),
        ["annotations"] = RoundNames(curve),
    };

    // With the number of batches known, the picture fills from left to right and its frame keeps still.
    private static JsonObject BatchAxis(LossCurve curve)
    {
        var axis = new JsonObject { ["title"] = Text("batch"), ["gridcolor"] = Grid, ["zeroline"] = false };
        if (curve.Total is { } total)
            axis["range"] = new JsonArray(1 - 0.01 * total, 1.01 * total);
        return axis;
    }

    /// <summary>Zero is part of the picture when the losses come near it, compared with how far they reach.</summary>
    internal static bool FromZero(LossCurve curve) =>
        curve.Points.Count == 0 || curve.Points.Min(point => point.Loss) is >= 0 and var low && low < curve.Points.Max(point => point.Loss) / 2;

    private static JsonArray Rounds(LossCurve curve) => [.. Marked(curve).Select(round => new JsonObject
    {
        ["type"] = "line", ["x0"] = round.Batch, ["x1"] = round.Batch, ["yref"] = "paper", ["y0"] = 0, ["y1"] = 1, ["layer"] = "below",
        ["line"] = new JsonObject { ["color"] = "rgba(128,128,128,0.6)", ["width"] = 1, ["dash"] = "dot" },
    })];

    private static JsonArray RoundNames(LossCurve curve) => [.. Named(curve).Select(round => new JsonObject
    {
        ["text"] = $"round {round.Number}", ["x"] = round.Batch, ["xanchor"] = "right", ["yref"] = "paper", ["y"] = 1, ["yanchor"] = "top",
        ["textangle"] = -90, ["showarrow"] = false, ["font"] = new JsonObject { ["size"] = 10 }, ["opacity"] = 0.7,
    })];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Xy(IReadOnlyList<LossPoint> points) =>
        [new("x", new JsonArray([.. points.Select(point => JsonValue.Create(point.Batch))])), new("y", Array(points.Select(point => point.Loss)))];

    // Six digits are more than a screen shows, and keep the page small.
    private static JsonArray Array(IEnumerable<double> values) =>
        [.. values.Select(value => JsonValue.Create(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)))];

    private static JsonObject Text(string text) => new() { ["text"] = text, ["standoff"] = 6 };

    // Plotly reads a few tags in texts; a name is only a name.
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
