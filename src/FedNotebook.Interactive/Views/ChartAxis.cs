namespace FedNotebook.Views;

/// <summary>An axis of a still picture: names stand at 0, 1, 2 and so on, numbers where they are.</summary>
internal sealed class ChartAxis
{
    private readonly Dictionary<object, double>? names;
    private readonly double low, high, gap;
    private readonly bool isWhole;
    private double from, to;

    private ChartAxis(Dictionary<object, double>? names, double low, double high, double gap = 1, bool isWhole = false) =>
        (this.names, this.low, this.high, this.gap, this.isWhole) = (names, low, high, gap, isWhole);

    /// <summary>Round numbers, whole ones where all are whole, or names, and where they stand.</summary>
    internal IEnumerable<(double Place, string Label)> Ticks => names is null
        ? Views.Ticks.Between(low, high, 6).Where(tick => tick >= low && tick <= high && (!isWhole || tick == Math.Floor(tick))).Select(tick => (tick, Views.Ticks.Label(tick)))
        : names.Where((_, i) => i % Math.Max(1, (names.Count + 11) / 12) == 0).Select(name => (name.Value, $"{name.Key}"));

    /// <summary>The room of one name on the picture, or that between the two nearest numbers.</summary>
    internal double Step => Math.Abs(At(gap) - At(0));

    /// <summary>The axis on which all traces find room.</summary>
    internal static ChartAxis Of(IReadOnlyList<ChartTrace> traces, Func<ChartTrace, IReadOnlyList<object>> places, bool ofBars)
    {
        var all = traces.SelectMany(places).ToList();
        var hasWidth = traces.Any(trace => trace.Kind != ChartKind.Scatter) && !ofBars;
        if (all.Exists(place => place is string))
        {
            var names = all.Distinct().Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => (double)pair.i);
            return new(names, -0.5, names.Count - 0.5);
        }

        var numbers = all.Cast<double>().DefaultIfEmpty(0).ToList();
        var (low, high) = (numbers.Min(), numbers.Max());
        if (ofBars) (low, high) = (Math.Min(0, low), Math.Max(0, high));
        var gap = hasWidth ? Gap(numbers) : 1;
        var room = hasWidth ? gap / 2 : high > low ? 0.04 * (high - low) : Math.Max(0.1 * Math.Abs(high), 0.5);
        return new(null, ofBars && low == 0 ? 0 : low - room, high + room, gap, high > low && numbers.TrueForAll(number => number == Math.Floor(number)));
    }

    private static double Gap(List<double> numbers)
    {
        var places = numbers.Distinct().Order().ToList();
        return places.Count < 2 ? 1 : places.Zip(places.Skip(1), (one, next) => next - one).Min();
    }

    /// <summary>Lays it between two places of the picture.</summary>
    internal ChartAxis Placed(double from, double to)
    {
        (this.from, this.to) = (from, to);
        return this;
    }

    /// <summary>The place of a name or number on the axis; null where it has none.</summary>
    internal double? Of(object place) => names is null ? place as double? : names.TryGetValue(place, out var at) ? at : null;

    /// <summary>The place on the picture.</summary>
    internal double At(double place) => from + (place - low) / (high - low) * (to - from);
}
