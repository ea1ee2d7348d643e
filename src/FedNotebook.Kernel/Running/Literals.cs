using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace FedNotebook.Kernel.Running;

/// <summary>Typed text as C#: of the type that a notebook declares, or else of the type that it looks like.</summary>
internal static class Literals
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The type that a value looks like: true and false, a number, or else a text. Text in quotes is one, whatever it looks like.</summary>
    public static string TypeOf(string value) =>
        bool.TryParse(value, out _) ? "bool"
        // A number is not written with zeros before it: that is a code, a postcode perhaps.
        : value.TrimStart('-', '+') is ['0', >= '0' and <= '9', ..] ? "string"
        : int.TryParse(value, Whole, Invariant, out _) ? "int"
        : long.TryParse(value, Whole, Invariant, out _) ? "long"
        : double.TryParse(value, Real, Invariant, out _) ? "double"
        : "string";

    /// <summary>The value as an expression of the type; null when it is none, <paramref name="isKnown"/> says whether the type is one that can be typed.</summary>
    public static string? Of(string value, string type, out bool isKnown)
    {
        isKnown = true;
        if (type.EndsWith('?'))
        {
            if (value == "null") return "null";
            type = type[..^1];
        }

        switch (type)
        {
            case "string":
                return SymbolDisplay.FormatLiteral(value is ['"', .. var quoted, '"'] ? quoted : value, quote: true);
            case "char":
                return value.Length == 1 ? SymbolDisplay.FormatLiteral(value[0], quote: true) : null;
            case "bool":
                return bool.TryParse(value, out var flag) ? flag ? "true" : "false" : null;
            case "double":
                return double.TryParse(value, Real, Invariant, out var real) ? Special(real, "double") ?? real.ToString("R", Invariant) + "d" : null;
            case "float":
                return float.TryParse(value, Real, Invariant, out var single) ? Special(single, "float") ?? single.ToString("R", Invariant) + "f" : null;
            case "decimal":
                return decimal.TryParse(value, Real, Invariant, out var money) ? money.ToString(Invariant) + "m" : null;
            case "int":
                return Integer<int>(value);
            case "long":
                return Integer<long>(value);
            case "short":
                return Integer<short>(value);
            case "byte":
                return Integer<byte>(value);
            case "uint":
                return Integer<uint>(value);
            case "ulong":
                return Integer<ulong>(value);
            default:
                isKnown = false;
                return null;
        }
    }

    private static string? Integer<T>(string value)
        where T : struct, System.Numerics.INumber<T> => T.TryParse(value, Whole, Invariant, out var number) ? number.ToString(null, Invariant) : null;

    private static string? Special(double value, string type) =>
        double.IsNaN(value) ? type + ".NaN" : double.IsPositiveInfinity(value) ? type + ".PositiveInfinity" : double.IsNegativeInfinity(value) ? type + ".NegativeInfinity" : null;
}
