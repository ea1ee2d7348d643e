using System.Globalization;
using System.Net;
using System.Text;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>A loss curve as a still picture, for pages that strip scripts.</summary>
internal static class LossStill
{
    private const int Width = 760, Height = LossFigure.Height;
    private const int Left = 58, Right = 58, Top = 64, Bottom = 56;
    private const int MostNames = 6, LetterWidth = 7, NameRoom = 28;

    internal static Markup Of(LossCurve curve, int most = LossFigure.Finished)
    {
        var frame = Frame.Of(curve);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"24\" font-size=\"16\">{Html(Short(curve.Title, 60))}</text>");
        Axes(svg, frame);
        Rounds(svg, frame, curve);

        // On paper 700 units wide, fewer points make the same cloud.
        var cloud = Math.Max(2, most * 2 / 5 / Math.Max(1, curve.Drawn.Count));
        for (var i = 0; i < curve.Drawn.Count; i++)
            Points(svg, frame, Thinning.To(cloud, curve.Drawn[i].Points), Palette.Worker(i));
        if (LossFigure.HasWorkerLines(curve))
            for (var i = 0; i < curve.Drawn.Count; i++)
            {
                Line(svg, frame, curve.Drawn[i].Smoothed, Palette.Worker(i), "1.5", most);
                Squares(svg, frame, curve.Drawn[i].Rounds, "none", Palette.Worker(i));
            }
        Line(svg, frame, curve.Smoothed, Palette.Overall, "3", most);
        Squares(svg, frame, curve.All.Rounds, Palette.Overall, Palette.Overall);
        Accuracy(svg, frame, curve);
        Legend(svg, curve);
        return StillImage.Of(svg.ToString(), Width, Height, LossText.Summary(curve), fontSize: 12);
    }

    private static void Axes(StringBuilder svg, Frame frame)
    {
        foreach (var tick in Ticks.Between(frame.Low, frame.High, 5))
        {
            var y = frame.Y(tick);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y:0.#}H{Width - Right}\" stroke=\"#808080\" stroke-opacity=\".25\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Ticks.Label(tick)}</text>");
        }
        foreach (var tick in Ticks.Between(1, frame.Batches, 6).Where(tick => tick == Math.Floor(tick)))
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{frame.X(tick):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Ticks.Label(tick)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">batch</text>")
            .Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">loss</text>");
    }

    private static void Rounds(StringBuilder svg, Frame frame, LossCurve curve)
    {
        foreach (var round in LossFigure.Marked(curve))
        {
            var x = frame.X(round.Batch);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:0.#} {Top}V{Height - Bottom}\" stroke=\"#808080\" stroke-opacity=\".6\" stroke-dasharray=\"2 3\"/>");
        }
        foreach (var round in LossFigure.Named(curve))
            svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({frame.X(round.Batch) - 4:0.#} {Top + 4}) rotate(-90)\" text-anchor=\"end\" font-size=\"10\" opacity=\".7\">round {round.Number}</text>");
    }

    // A dot is a stroke of no length with round ends: the whole cloud is one short path.
    private static void Points(StringBuilder svg, Frame frame, IReadOnlyList<LossPoint> points, string color)
    {
        svg.Append("<path d=\"");
        foreach (var point in points)
            svg.Append(CultureInfo.InvariantCulture, $"M{frame.X(point.Batch):0.#} {frame.Y(point.Loss):0.#}h0");
        svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{color}\" stroke-opacity=\".4\" stroke-width=\"4\" stroke-linecap=\"round\"/>");
    }

    private static void Line(StringBuilder svg, Frame frame, IReadOnlyList<LossPoint> points, string color, string width, int most)
    {
        svg.Append("<polyline points=\"");
        foreach (var point in Thinning.Evenly(most / LossFigure.PointsPerLinePoint, points))
            svg.Append(CultureInfo.InvariantCulture, $"{frame.X(point.Batch):0.#},{frame.Y(point.Loss):0.#} ");
        svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>");
    }

    private static void Squares(StringBuilder svg, Frame frame, IReadOnlyList<LossPoint> rounds, string fill, string stroke)
    {
        foreach (var round in Thinning.To(LossFigure.MostRoundMeans, rounds))
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{frame.X(round.Batch) - 3.5:0.#}\" y=\"{frame.Y(round.Loss) - 3.5:0.#}\" width=\"7\" height=\"7\" fill=\"{fill}\" stroke=\"{stroke}\"/>");
    }

    private static void Accuracy(StringBuilder svg, Frame frame, LossCurve curve)
    {
        var measured = LossFigure.AccuracyPoints(curve);
        if (measured.Count == 0)
            return;
        foreach (var share in (double[])[0, 0.25, 0.5, 0.75, 1])
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 8}\" y=\"{frame.Share(share) + 4:0.#}\">{share * 100:0} %</text>");
        svg.Append("<polyline points=\"");
        foreach (var round in measured)
            svg.Append(CultureInfo.InvariantCulture, $"{frame.X(round.Batch):0.#},{frame.Share(round.Loss):0.#} ");
        svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{Palette.Accuracy}\" stroke-width=\"1.5\" stroke-dasharray=\"2 3\"/>");
        foreach (var round in measured)
            svg.Append(CultureInfo.InvariantCulture, $"<path transform=\"translate({frame.X(round.Batch):0.#} {frame.Share(round.Loss):0.#})\" d=\"M0-6L6 0L0 6L-6 0Z\" fill=\"{Palette.Accuracy}\"/>");
    }

    private static void Legend(StringBuilder svg, LossCurve curve)
    {
        List<(string Name, string Color)> always = [("smoothed", Palette.Overall)];
        if (curve.Rounds.Any(round => round.Accuracy is not null))
            always.Add(("accuracy", Palette.Accuracy));
        var workers = curve.Drawn.Select((series, i) => (Name: Short(series.Name, 14), Color: Palette.Worker(i))).ToList();
        var named = Math.Min(workers.Count, MostNames);
        while (named > 0 && Wide(Names()) > Width - Left)
            named--;

        IEnumerable<(string Name, string Color)> Names() => [.. workers.Take(named), .. named < workers.Count ? [("more workers", Palette.Others)] : Array.Empty<(string, string)>(), .. always];

        // Letters differ in width; seven units each is about right for this size, and the start is anchored at the left.
        var x = (double)Left;
        foreach (var (name, color) in Names())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x + 5:0.#}\" cy=\"46\" r=\"4.5\" fill=\"{color}\"/><text x=\"{x + 14:0.#}\" y=\"50\">{Html(name)}</text>");
            x += NameRoom + LetterWidth * name.Length;
        }
    }

    private static double Wide(IEnumerable<(string Name, string Color)> names) => names.Sum(entry => NameRoom + LetterWidth * entry.Name.Length);

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    // Where the numbers stand on the picture.
    private readonly record struct Frame(double Batches, double Low, double High)
    {
        internal static Frame Of(LossCurve curve)
        {
            if (curve.Points.Count == 0)
                return new(Math.Max(2, curve.Total ?? curve.Count), 0, 1);
            var low = curve.Points.Min(point => point.Loss);
            var high = curve.Points.Max(point => point.Loss);
            if (LossFigure.FromZero(curve))
                low = 0;
            var room = high > low ? (high - low) * 0.04 : Math.Max(Math.Abs(high) * 0.1, 1e-3);
            return new(Math.Max(2, curve.Total ?? curve.Count), low == 0 ? 0 : low - room, high + room);
        }

        internal double X(double batch) => Left + (batch - 1) / (Batches - 1) * (Width - Left - Right);

        internal double Y(double loss) => Height - Bottom - (loss - Low) / (High - Low) * (Height - Top - Bottom);

        internal double Share(double share) => Height - Bottom - share / 1.02 * (Height - Top - Bottom);
    }
}
