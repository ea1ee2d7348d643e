using System.Globalization;

namespace Plotly.NET;

public sealed class Color
{
    private Color(string css) => Css = css;

    internal string Css { get; }

    public static Color fromRGB(int r, int g, int b)
    {
        foreach (var component in (int[])[r, g, b])
            if (component is < 0 or > 255)
                throw new ArgumentOutOfRangeException(nameof(r), component, "A color's red, green and blue go from 0 to 255.");
        return new(string.Create(CultureInfo.InvariantCulture, $"rgba({r}, {g}, {b}, 1.0)"));
    }

    public static Color fromHex(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var digits = s.TrimStart('#');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        if (digits.Length != 6 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            throw new ArgumentException($"'{s}' is not a color of six hexadecimal digits such as #1f77b4.", nameof(s));
        return fromRGB(rgb >> 16, rgb >> 8 & 255, rgb & 255);
    }

    public static Color fromString(string c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return new(c);
    }

    public override bool Equals(object? obj) => obj is Color other && other.Css == Css;

    public override int GetHashCode() => Css.GetHashCode(StringComparison.Ordinal);
}
