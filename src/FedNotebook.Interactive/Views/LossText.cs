using System.Globalization;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>A loss curve in words: for a terminal, and for the line under the plot.</summary>
internal static class LossText
{
    internal static string Summary(LossCurve curve) => $"{curve.Title}: {Progress(curve)}";

    internal static string Progress(LossCurve curve)
    {
        var parts = new List<string> { curve.Total is { } total ? $"{Number(curve.Count)} of {Number(total)} batches" : $"{Number(curve.Count)} {(curve.Count == 1 ? "batch" : "batches")}" };
        if (curve.TotalRounds is { } rounds)
            parts.Add($"{Number(curve.Rounds.Count)} of {Number(rounds)} rounds");
        else if (curve.Rounds.Count > 0)
            parts.Add($"{Number(curve.Rounds.Count)} {(curve.Rounds.Count == 1 ? "round" : "rounds")}");
        if (curve.Count > 0)
            parts.Add($"loss {Loss(curve.Last)}");
        if (curve.Smoothed.Count > 1)
            parts.Add($"smoothed {Loss(curve.Smoothed[^1].Loss)}");
        if (curve.Rounds.LastOrDefault(round => round.Accuracy is not null).Accuracy is { } accuracy)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy * 100:0.0#} %"));
        if (curve.NotFinite > 0)
            parts.Add($"{Number(curve.NotFinite)} without a finite loss");
        if (curve.Count > 0)
            parts.Add($"{Time(curve.Elapsed)} elapsed");
        if (curve.Remaining is { } left && curve.Done < 1)
            parts.Add($"about {Time(left)} left");
        return string.Join(" · ", parts);
    }

    internal static string Workers(LossCurve curve)
    {
        const int most = 8;
        var named = curve.Workers.Where(series => series.Count > 0).ToList();
        var text = string.Join(", ", named.Take(most).Select((series, i) => $"{Number(series.Count)}{(i > 0 ? "" : series.Count == 1 ? " batch" : " batches")} at {series.Name}"));
        return named.Count > most ? $"{text} and {Number(named.Count - most)} more workers" : text;
    }

    private static string Loss(double loss) => loss.ToString("G4", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
