using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace FedNotebook.Views;

/// <summary>
/// HTML in the making, written as an interpolated string: <c>$"&lt;td&gt;{name}&lt;/td&gt;"</c>. Whatever stands in the braces is escaped,
/// unless it is HTML already, so nobody can forget it.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Markup
{
    private readonly StringBuilder text;

    /// <summary>Called by the compiler.</summary>
    public Markup(int literalLength, int formattedCount) => text = new(literalLength + 16 * formattedCount);

    internal static Markup None => $"";

    /// <summary>HTML that is made elsewhere and known to be harmless.</summary>
    internal static Markup Raw(string html)
    {
        var made = None;
        made.text.Append(html);
        return made;
    }

    /// <summary>What was written, where the compiler would take it for a string: in a choice between two.</summary>
    internal static Markup Of(Markup html) => html;

    internal static Markup Join(string separator, IEnumerable<Markup> parts)
    {
        var made = None;
        var first = true;
        foreach (var part in parts)
        {
            if (!first) made.AppendFormatted(separator);
            made.AppendFormatted(part);
            first = false;
        }

        return made;
    }

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Markup html) => text.Append(html.text);

    public void AppendFormatted(Markup? html) => text.Append(html?.text);

    public void AppendFormatted(IEnumerable<Markup> parts)
    {
        foreach (var part in parts) AppendFormatted(part);
    }

    public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(Readable(value ?? "")));

    public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable =>
        AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();

    // Pages are text; what rings a bell or ends a string elsewhere is shown as a box.
    private static string Readable(string value) =>
        value.Any(IsControl) ? string.Concat(value.Select(c => IsControl(c) ? '\ufffd' : c)) : value;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t' or '\r');
}
