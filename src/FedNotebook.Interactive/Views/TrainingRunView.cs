using System.Globalization;
using System.Text.Json.Nodes;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>A federated training: what it was, a plot of its rounds, and its metrics as a table.</summary>
internal static class TrainingRunView
{
    private const int Listed = 30;

    private static readonly string[] columns = [">round", ">train loss", ">test loss", ">accuracy", ">clients", ">left out", ">seconds", ">sent"];

    internal static string Html(TrainingRun run)
    {
        var rounds = run.Rounds;
        return Frame.Of($"{Frame.Line($"{run.Options.Strategy.Name}: {run.Model}", Facts(run, rounds))}{Plot(rounds)}{TableOf(rounds)}{Frame.Note(run.Error?.Message)}");
    }

    internal static string Html(IEnumerable<TrainingRound> rounds) => Frame.Of(TableOf([.. rounds]));

    internal static string Text(TrainingRun run) => run.ToString().TrimEnd('\n');

    internal static string Text(IEnumerable<TrainingRound> rounds) => string.Join('\n', rounds.TakeLast(Listed));

    private static IEnumerable<string> Facts(TrainingRun run, IReadOnlyList<TrainingRound> rounds)
    {
        yield return $"{Amount.Of(rounds.Count)} of {Amount.Of(run.Options.Rounds, "round")}, {StatusOf(run)}";
        yield return Amount.Of(run.Clients, "client");
        if (rounds.Count == 0) yield break;
        if (rounds.Where(round => double.IsFinite(round.TestAccuracy)).MaxBy(round => round.TestAccuracy) is { } best)
            yield return $"best accuracy {Percent(best.TestAccuracy)} after round {best.Round}";
        yield return $"{Seconds(run.Elapsed)} s";
        yield return $"{Amount.Bytes(rounds.Sum(round => round.BytesSent))} sent";
        yield return $"seed {run.Seed}";
    }

    private static string StatusOf(TrainingRun run) => run.Status switch
    {
        TrainingStatus.Running => "running",
        TrainingStatus.Finished => "finished",
        TrainingStatus.StoppedEarly => "stopped early",
        TrainingStatus.Cancelled => "cancelled: the model is that of the last whole round",
        _ => "failed",
    };

    // The stills are two, because a still has one axis for its numbers; plotly.js draws both into one figure.
    private static Markup Plot(IReadOnlyList<TrainingRound> rounds)
    {
        if (rounds.Count == 0) return Markup.None;
        var id = "fednb-" + Guid.NewGuid().ToString("N")[..12];
        var losses = new JsonArray(Trace("train loss", Palette.Overall, rounds, round => round.TrainLoss));
        if (rounds.Any(round => double.IsFinite(round.TestLoss))) losses.Add(Trace("test loss", Palette.Worker(0), rounds, round => round.TestLoss));
        var accuracy = Trace("accuracy", Palette.Accuracy, rounds, round => round.TestAccuracy);
        var hasAccuracy = rounds.Any(round => double.IsFinite(round.TestAccuracy));
        Markup stills = $"{ChartStill.Of(Figure(losses, "loss"))}{(hasAccuracy ? ChartStill.Of(Figure([accuracy.DeepClone()], "accuracy")) : null)}";

        var living = Figure(losses, "loss");
        if (hasAccuracy)
        {
            accuracy["yaxis"] = "y2";
            living["data"]!.AsArray().Add(accuracy);
            living["layout"]!["yaxis2"] = new JsonObject { ["title"] = Title("accuracy"), ["overlaying"] = "y", ["side"] = "right", ["tickformat"] = ".2~%", ["tickmode"] = "auto", ["automargin"] = true, ["showgrid"] = false };
        }
        return $"""
            {Markup.Raw(NotebookPage.BringPlotly())}<div id="{id}-1">{stills}</div>{Markup.Raw(PlotlyScript.Draw(id, 1, living.ToJsonString()))}
            """;
    }

    private static JsonObject Figure(JsonArray data, string measure) => new()
    {
        ["data"] = data.DeepClone(),
        ["layout"] = new JsonObject
        {
            ["height"] = 340, ["margin"] = new JsonObject { ["l"] = 58, ["r"] = 58, ["t"] = 30, ["b"] = 50 }, ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.15 },
            ["xaxis"] = Rounds(data), ["yaxis"] = new JsonObject { ["title"] = Title(measure) },
        },
    };

    // A few rounds are counted one by one: there is no round 1.5.
    private static JsonObject Rounds(JsonArray data)
    {
        var axis = new JsonObject { ["title"] = Title("round") };
        if (data.Max(trace => trace!["x"]!.AsArray().Count) <= 12) axis["dtick"] = 1;
        return axis;
    }

    private static JsonObject Title(string text) => new() { ["text"] = text, ["standoff"] = 6 };

    private static JsonObject Trace(string name, string color, IReadOnlyList<TrainingRound> rounds, Func<TrainingRound, double> measure)
    {
        var measured = Thinning.To(LossFigure.MostRoundMeans, [.. rounds.Where(round => double.IsFinite(measure(round))).Select(round => new LossPoint(round.Round, measure(round)))]);
        return new()
        {
            ["type"] = "scatter", ["mode"] = measured.Count > 60 ? "lines" : "lines+markers", ["name"] = name, ["line"] = new JsonObject { ["color"] = color },
            ["x"] = new JsonArray([.. measured.Select(point => JsonValue.Create(point.Batch))]), ["y"] = new JsonArray([.. measured.Select(point => JsonValue.Create(point.Loss))]),
        };
    }

    private static Markup TableOf(IReadOnlyList<TrainingRound> rounds) => rounds.Count == 0 ? Frame.Note("no rounds") : Markup.Of($"""
        {Table.Of(columns, rounds.TakeLast(Listed).Select(Row))}{Frame.Note(rounds.Count > Listed ? $"the last {Listed} of {Amount.Of(rounds.Count, "round")}" : "")}{Frame.Note(LeftOut(rounds))}
        """);

    private static string LeftOut(IReadOnlyList<TrainingRound> rounds)
    {
        const int most = 5;
        var all = rounds.Sum(round => (long)round.LeftOut.Count);
        var named = rounds.Reverse().SelectMany(round => round.LeftOut.Select(client => $"round {round.Round}: {client}")).Take(most);
        return all == 0 ? "" : $"left out: {string.Join("; ", named)}{(all > most ? $"; and {Amount.Of(all - most)} more" : "")}";
    }

    private static IReadOnlyList<Markup> Row(TrainingRound round) =>
    [
        Table.Number(round.Round), $"{LossNumber.Text(round.TrainLoss)}", $"{LossNumber.Text(round.TestLoss)}", $"{(double.IsFinite(round.TestAccuracy) ? Percent(round.TestAccuracy) : "")}",
        Table.Number(round.Clients.Count), Table.Number(round.LeftOut.Count), $"{Seconds(round.Elapsed)}", $"{Amount.Bytes(round.BytesSent)}",
    ];

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
