namespace FedNotebook.Plots;

/// <summary>Fewer points that draw the same picture: of each stretch the lowest and the highest stay, so no spike is lost.</summary>
internal static class Thinning
{
    internal static IReadOnlyList<LossPoint> To(int count, IReadOnlyList<LossPoint> points)
    {
        if (points.Count <= count)
            return points;

        var stretches = Math.Max(1, count / 2);
        var kept = new List<LossPoint>(2 * stretches);
        for (var i = 0; i < stretches; i++)
        {
            var from = (int)((long)points.Count * i / stretches);
            var to = (int)((long)points.Count * (i + 1) / stretches);
            var (low, high) = (from, from);
            for (var j = from + 1; j < to; j++)
            {
                if (points[j].Loss < points[low].Loss)
                    low = j;
                if (points[j].Loss > points[high].Loss)
                    high = j;
            }
            kept.Add(points[Math.Min(low, high)]);
            if (low != high)
                kept.Add(points[Math.Max(low, high)]);
        }
        return kept;
    }

    /// <summary>Every so many points and the last: enough for a line that is smooth already.</summary>
    internal static IReadOnlyList<LossPoint> Evenly(int count, IReadOnlyList<LossPoint> points) =>
        points.Count <= count ? points : [.. Enumerable.Range(0, count).Select(i => points[(int)((long)(points.Count - 1) * i / (count - 1))])];
}
