using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using FedNotebook.Plots;
using FedNotebook.Views;

namespace FedNotebook.Tests.Plots;

public class LossFigureTests
{
    private static JsonArray Data(LossCurve curve) => JsonNode.Parse(LossFigure.Json(curve))!["data"]!.AsArray();

    private static LossCurve Curve(params (double Loss, string? Worker)[] batches)
    {
        var curve = new LossCurve("t", null);
        foreach (var (loss, worker) in batches)
            curve.Add(loss, worker, TimeSpan.Zero);
        return curve;
    }

    [Fact]
    public void Each_worker_has_points_and_a_line_and_all_have_a_smoothed_line()
    {
        var data = Data(Curve((1, "bob"), (2, "alice"), (3, "bob")));

        Assert.Equal(["bob", "alice", "bob", "alice", "smoothed"], data.Select(trace => (string)trace!["name"]!));
        Assert.Equal("[1,3]", data[0]!["x"]!.ToJsonString());
        Assert.Equal("[2]", data[1]!["x"]!.ToJsonString());
    }

    [Theory]
    [InlineData(2, 64)]
    [InlineData(10, 96)]
    public void The_names_of_many_workers_have_room_for_two_rows_below_the_title(int workers, int top)
    {
        var curve = Curve([.. Enumerable.Range(0, workers).Select(worker => (1.0, (string?)$"client {worker}"))]);
        Assert.Equal(top, (int)JsonNode.Parse(LossFigure.Json(curve))!["layout"]!["margin"]!["t"]!);
    }

    [Fact]
    public void The_smoothed_line_of_equal_losses_is_that_loss_from_the_start()
    {
        var data = Data(Curve((0.5, "a"), (0.5, "b"), (0.5, "a")));
        Assert.Equal("[0.5,0.5,0.5]", data[^1]!["y"]!.ToJsonString());
    }

    [Fact]
    public void A_hundred_thousand_batches_are_thinned_and_no_spike_is_lost()
    {
        var curve = new LossCurve("t", 100_000);
        for (var i = 0; i < 100_000; i++)
            curve.Add(i == 54_321 ? 99 : 1.0 / (i + 1), i % 2 == 0 ? "bob" : "alice", TimeSpan.Zero);

        var data = Data(curve);

        Assert.InRange(data.Where(trace => (string)trace!["mode"]! == "markers").Sum(trace => trace!["x"]!.AsArray().Count), 1000, 2000);
        Assert.Contains(99, data.SelectMany(trace => trace!["y"]!.AsArray()).Select(y => (double)y!));
        Assert.Contains("100,000 of 100,000 batches", LossText.Summary(curve));
        Assert.Equal("50,000 batches at bob, 50,000 at alice", LossText.Workers(curve));
    }

    [Fact]
    public void Losses_that_are_no_numbers_are_counted_and_not_drawn()
    {
        var curve = Curve((1, null), (double.NaN, null), (double.PositiveInfinity, null), (2, null));

        Assert.Equal("[1,2]", Data(curve)[0]!["y"]!.ToJsonString());
        Assert.Equal("[1,4]", Data(curve)[0]!["x"]!.ToJsonString());
        Assert.Contains("4 batches · loss 2 · ", LossText.Summary(curve));
        Assert.Contains("2 without a finite loss", LossText.Summary(curve));
    }

    [Fact]
    public void Rounds_are_marked_and_accuracy_has_its_own_axis()
    {
        var curve = Curve((1, null));
        curve.Round(0.25);
        curve.Add(2, null, TimeSpan.Zero);
        curve.Round(null);

        var figure = JsonNode.Parse(LossFigure.Json(curve))!;

        Assert.Equal(["round 1", "round 2"], figure["layout"]!["annotations"]!.AsArray().Select(mark => (string)mark!["text"]!));
        Assert.Equal("[0.25]", figure["data"]!.AsArray().Single(trace => (string?)trace!["yaxis"] == "y2")!["y"]!.ToJsonString());
    }

    [Fact]
    public void Names_of_rounds_that_end_close_together_do_not_lie_on_each_other()
    {
        var curve = new LossCurve("t", null);
        foreach (var batches in (int[])[500, 3, 3, 494, 500])
        {
            for (var i = 0; i < batches; i++) curve.Add(1, "bob", TimeSpan.Zero);
            curve.Round(null);
        }

        string[] named = ["round 1", "round 4", "round 5"];
        var layout = JsonNode.Parse(LossFigure.Json(curve))!["layout"]!;
        Assert.Equal(named, layout["annotations"]!.AsArray().Select(mark => (string)mark!["text"]!));
        Assert.Equal(5, layout["shapes"]!.AsArray().Count);
        Assert.Equal(named, Output.SvgIn(Views.StillImageTests.Image(LossStill.Of(curve))).Elements().Select(text => text.Value).Where(text => text.StartsWith("round ")));
    }

    [Fact]
    public void Each_round_has_its_mean_loss_overall_and_of_each_worker()
    {
        var curve = Curve((1, "bob"), (3, "alice"), (5, "bob"));
        curve.Round(null);
        curve.Add(7, "alice", TimeSpan.Zero);
        curve.Round(null);

        var rounds = Data(curve).Where(trace => ((string)trace!["name"]!).EndsWith("each round")).ToList();

        Assert.Equal(["bob, each round", "alice, each round", "each round"], rounds.Select(trace => (string)trace!["name"]!));
        Assert.Equal(["[3]", "[3,7]", "[3,7]"], rounds.Select(trace => trace!["y"]!.ToJsonString()));
        Assert.Equal(["[3]", "[3,4]", "[3,4]"], rounds.Select(trace => trace!["x"]!.ToJsonString()));
    }

    [Fact]
    public void A_thousand_rounds_and_workers_make_a_small_figure_and_the_numbers_stay_exact()
    {
        var curve = new LossCurve("t", 100_000, rounds: 1000);
        for (var i = 0; i < 100_000; i++)
        {
            curve.Add(1, "w" + i % 1000, TimeSpan.FromSeconds(i));
            if (i % 100 == 99)
                curve.Round(accuracy: 0.5);
        }

        Assert.InRange(LossFigure.Json(curve).Length, 1000, 150_000);
        Assert.InRange(LossStill.Of(curve).ToString().Length, 1000, 80_000);
        var clouds = Data(curve).Where(trace => trace!["marker"]?["size"]?.ToString() == "4").ToList();
        Assert.Equal("other workers", (string)clouds[^1]!["name"]!);
        Assert.Distinct(clouds.Select(trace => (string)trace!["marker"]!["color"]!));
        Assert.StartsWith("t: 100,000 of 100,000 batches · 1,000 of 1,000 rounds · loss 1 ", LossText.Summary(curve));
        Assert.EndsWith("100 at w7 and 992 more workers", LossText.Workers(curve));
    }

    [Fact]
    public void Where_only_the_rounds_are_known_they_tell_the_progress()
    {
        var curve = new LossCurve("t", null, rounds: 4);
        curve.Add(1, "bob", TimeSpan.Zero);
        curve.Add(1, "bob", TimeSpan.FromSeconds(60));
        curve.Round(null);

        Assert.Equal("t: 2 batches · 1 of 4 rounds · loss 1 · smoothed 1 · 1:00 elapsed · about 3:00 left", LossText.Summary(curve));
        Assert.Contains("width:25%", LossView.Html(curve, "id", 1));
    }

    [Fact]
    public void Names_are_texts_and_never_markup()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>";
        var curve = new LossCurve(hostile, null);
        curve.Add(1, hostile, TimeSpan.Zero);

        var html = LossView.Html(curve, "id", 1);

        var image = Assert.Single(new HtmlParser().ParseDocument(html).QuerySelectorAll("img"));
        Assert.StartsWith(hostile, image.GetAttribute("alt"));
        Assert.False(image.HasAttribute("onerror"));
        Assert.Equal(1, html.Split("</script").Length - 1);
        Assert.Equal("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;", (string)JsonNode.Parse(LossFigure.Json(curve))!["data"]![0]!["name"]!);
    }
}
