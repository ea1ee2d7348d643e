using System.Globalization;

namespace FedNotebook;

/// <summary>Sees to it that a strategy's settings make sense.</summary>
internal static class Setting
{
    /// <summary>A factor by which what was remembered fades: 0 to 1 without 1.</summary>
    public static double Decay(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, $"{name} must be at least 0 and below 1; it is {value}.");

    public static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, $"{name} must be above 0; it is {value}.");

    public static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, $"{name} must be 0 or more; it is {value}.");

    public static int NotNegative(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, $"{name} must be 0 or more; it is {value}.");

    /// <summary>A strategy with its settings, as one would write it: <c>FedProx(mu: 0.1)</c>.</summary>
    public static string Text(string strategy, params (string name, double value)[] settings) =>
        $"{strategy}({string.Join(", ", settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.name}: {setting.value}")))})";

    /// <summary>A robust rule bears so many bad clients only among enough others.</summary>
    public static void Enough(int updates, long needed, string rule)
    {
        if (updates < needed)
            throw new ArgumentException($"{rule} needs the updates of at least {needed} clients, and {updates} came. Choose more clients a round, or bear fewer bad ones");
    }
}
