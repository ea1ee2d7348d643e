using System.Globalization;

namespace FedNotebook.Views;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>About <paramref name="count"/> round numbers from <paramref name="low"/> to <paramref name="high"/>, both finite.</summary>
    internal static IReadOnlyList<double> Between(double low, double high, int count)
    {
        var step = Step((high - low) / count);
        if (!(step > 0) || !double.IsFinite(step))
            return [low];
        var first = Math.Ceiling(low / step - 1e-9);
        var last = Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Min(last - first + 1, 4 * count)).Select(i => (first + i) * step)];
    }

    internal static string Label(double value) => (Math.Abs(value) < 1e-12 ? 0 : value).ToString(Math.Abs(value) is >= 1e5 or (> 0 and < 1e-3) ? "0.###e0" : "0.####", CultureInfo.InvariantCulture);

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
