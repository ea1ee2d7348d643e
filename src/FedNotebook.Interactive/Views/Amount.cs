using System.Globalization;

namespace FedNotebook.Views;

/// <summary>Numbers as people read them.</summary>
internal static class Amount
{
    internal static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 object", "2 objects".</summary>
    internal static string Of(long number, string one, string? many = null) => $"{Of(number)} {(number == 1 ? one : many ?? one + "s")}";

    internal static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Of(bytes, "byte"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    internal static string Shape(IEnumerable<long>? shape) => shape is null ? "" : $"[{string.Join(", ", shape)}]";

    /// <summary>What is listed of many: "the first 20 of 1,000 objects"; nothing when all are.</summary>
    internal static string Listed(int listed, long of, string things) => listed >= of ? "" : $"the first {Of(listed)} of {Of(of)} {things}";
}
