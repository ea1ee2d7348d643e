using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FedNotebook.Plots;
using FedNotebook.Views;

namespace FedNotebook.Tests.Views;

/// <summary>Still pictures as a page gets them: an image, with the drawing in its address.</summary>
public class StillImageTests
{
    /// <summary>The image, as a browser reads it.</summary>
    internal static IElement Image(Markup html) => new HtmlParser().ParseDocument(html.ToString()).QuerySelector("img")!;

    private static LossCurve Curve(string title, string worker)
    {
        var curve = new LossCurve(title, null);
        foreach (var loss in (double[])[2, 1, 0.5]) curve.Add(loss, worker, TimeSpan.Zero);
        return curve;
    }

    [Fact]
    public void Where_drawings_are_stripped_no_letters_of_them_are_left()
    {
        var page = new HtmlParser().ParseDocument(LossView.Html(Curve("Fashion-MNIST", "bob"), "fednb-0", 1));
        Assert.Empty(page.QuerySelectorAll("svg, text, title"));
        Assert.DoesNotContain("Fashion-MNIST", string.Concat(page.QuerySelectorAll("div").Select(div => div.TextContent)));
    }

    [Fact]
    public void It_says_in_words_what_it_shows() =>
        Assert.StartsWith("<Fashion> & \"MNIST\": 3 batches · loss 0.5", Image(LossStill.Of(Curve("<Fashion> & \"MNIST\"", "bob"))).GetAttribute("alt"));

    [Theory]
    [InlineData("100 % #1 <b>'a' & \"b\"</b>")]
    [InlineData("北京 ärztin 🙂 %41")]
    [InlineData("a\tb")]
    [InlineData("ends here -->]]></svg>")]
    public void Any_name_stands_on_it_as_it_is(string name) =>
        Assert.Contains(name, Output.SvgIn(Image(LossStill.Of(Curve(name, "bob")))).Elements().Select(text => text.Value));

    [Theory]
    [InlineData("rings \a a bell")]
    [InlineData("half a \ud83d sign")]
    [InlineData("no sign \uffff")]
    public void What_no_picture_can_hold_is_a_box_and_the_rest_is_drawn(string name)
    {
        var drawn = Output.SvgIn(Image(LossStill.Of(Curve(name, "bob")))).Elements().Select(text => text.Value).ToList();
        Assert.Contains(new string([.. name.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uffff' ? '\ufffd' : c)]), drawn);
        Assert.Contains("smoothed", drawn);
    }

    [Fact]
    public void A_name_that_is_cut_in_the_middle_of_a_sign_leaves_the_picture_whole() =>
        Assert.Contains("smoothed", Output.SvgIn(Image(LossStill.Of(Curve("t", string.Concat(Enumerable.Repeat("🙂", 20)))))).Elements().Select(text => text.Value));
}
