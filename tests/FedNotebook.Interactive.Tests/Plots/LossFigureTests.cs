using System.Text.Json.Nodes;
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
        Assert.Equal("bob 50,000, alice 50,000", LossText.Workers(curve));
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
        var curve = Curve((1, null), (2, null));
        curve.Round(0.25);
        curve.Round(null);

        var figure = JsonNode.Parse(LossFigure.Json(curve))!;

        Assert.Equal(["round 1", "round 2"], figure["layout"]!["annotations"]!.AsArray().Select(mark => (string)mark!["text"]!));
        Assert.Equal("[0.25]", figure["data"]!.AsArray().Single(trace => (string?)trace!["yaxis"] == "y2")!["y"]!.ToJsonString());
    }

    [Fact]
    public void Names_are_texts_and_never_markup()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>";
        var curve = new LossCurve(hostile, null);
        curve.Add(1, hostile, TimeSpan.Zero);

        var html = LossView.Html(curve, "id", 1);

        Assert.DoesNotContain("<img", html);
        Assert.Equal(1, html.Split("</script").Length - 1);
        Assert.Equal("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;", (string)JsonNode.Parse(LossFigure.Json(curve))!["data"]![0]!["name"]!);
    }
}
