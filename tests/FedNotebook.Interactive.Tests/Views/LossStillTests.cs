using System.Globalization;
using System.Xml.Linq;
using FedNotebook.Plots;
using FedNotebook.Views;

namespace FedNotebook.Tests.Views;

public class LossStillTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XElement Still(LossCurve curve) => Output.SvgIn(StillImageTests.Image(LossStill.Of(curve)));

    private static LossCurve Curve(params double[] losses)
    {
        var curve = new LossCurve("a < b & \"c\"", null);
        foreach (var loss in losses)
            curve.Add(loss, "bob & co", TimeSpan.Zero);
        return curve;
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 1.0 })]
    [InlineData(new[] { 0.0, 0.0 })]
    [InlineData(new[] { double.NaN, double.PositiveInfinity })]
    [InlineData(new[] { -5.0, 1e300, -1e300 })]
    [InlineData(new[] { double.MaxValue, -double.MaxValue })]
    [InlineData(new[] { 1e-12, 2e-12 })]
    [InlineData(new[] { 7.0, 7.0, 7.0 })]
    public void Every_curve_makes_a_picture_whose_numbers_are_numbers(double[] losses)
    {
        var numbers = string.Join(' ', Still(Curve(losses)).DescendantsAndSelf().Attributes().Select(attribute => attribute.Value));

        Assert.DoesNotContain("NaN", numbers);
        Assert.DoesNotContain("Infinity", numbers);
    }

    [Fact]
    public void It_has_the_title_the_axes_and_the_names_as_text()
    {
        var texts = Still(Curve(2, 1, 0.5)).Elements(Svg + "text").Select(text => text.Value).ToList();

        Assert.Contains("a < b & \"c\"", texts);
        Assert.Contains("bob & co", texts);
        Assert.Contains("smoothed", texts);
        Assert.Contains("loss", texts);
        Assert.Contains("batch", texts);
        Assert.Contains("0.5", texts);
    }

    [Fact]
    public void However_many_workers_the_names_stay_on_the_picture()
    {
        var curve = new LossCurve("t", null);
        for (var i = 0; i < 40; i++) curve.Add(1, $"a long name {i % 20}", TimeSpan.Zero);
        curve.Round(0.5);

        var names = Still(curve).Elements(Svg + "text").Where(text => text.Attribute("y")?.Value == "50").ToList();
        Assert.Equal(["more workers", "smoothed", "accuracy"], names.TakeLast(3).Select(name => name.Value));
        Assert.All(names, name => Assert.InRange(double.Parse(name.Attribute("x")!.Value, CultureInfo.InvariantCulture) + 7 * name.Value.Length, 0, 760));
    }

    [Fact]
    public void Falling_losses_fall_on_the_picture()
    {
        var line = Still(Curve(2, 1, 0.5)).Elements(Svg + "polyline").Single().Attribute("points")!.Value;
        var heights = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(3, heights.Count);
        Assert.Equal(heights.Order(), heights);
    }

    [Fact]
    public void A_long_run_makes_a_small_picture()
    {
        var curve = new LossCurve("t", null);
        for (var i = 0; i < 100_000; i++)
            curve.Add(i % 7, "w" + i % 100, TimeSpan.Zero);
        Assert.InRange(LossStill.Of(curve).ToString().Length, 1000, 60_000);
    }
}
