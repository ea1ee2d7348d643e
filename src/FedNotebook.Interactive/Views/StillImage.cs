using System.Text;

namespace FedNotebook.Views;

/// <summary>
/// A drawing (SVG) as an image that has the drawing in its address. Jupyter, before it trusts a notebook, and sites that clean HTML take away the tags of a
/// drawing that stands in the page and leave its letters in a heap; an image stays, or leaves its description.
/// </summary>
internal static class StillImage
{
    /// <summary>An image does not know the color of its page: this gray reads on white and on black.</summary>
    internal const string Ink = "#767676";

    // What is narrower than this fits on every screen, and is not made smaller where a table has little room.
    private const int Telephone = 320;

    /// <param name="drawing">What stands inside of the svg element; text in it is <see cref="Ink"/>.</param>
    /// <param name="width">In units of the drawing, which are pixels where there is room.</param>
    /// <param name="height">As <paramref name="width"/>.</param>
    /// <param name="description">What a reader hears who does not see it, and reads where images are taken away.</param>
    /// <param name="fontSize">In units of the drawing.</param>
    internal static Markup Of(string drawing, int width, int height, string description, int fontSize = 13)
    {
        Markup svg = $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui, sans-serif" font-size="{fontSize}" fill="{Ink}">{Markup.Raw(drawing)}</svg>""";
        var fitting = width > Telephone ? Markup.Raw(" style=\"max-width:100%;height:auto\"") : Markup.None;
        return $"""<img src="{Markup.Raw(Address(svg.ToString()))}" alt="{description}" width="{width}"{fitting}>""";
    }

    // In lines and tags this is a third shorter than base64. An image is XML, which one sign that XML does not know would break altogether.
    private static string Address(string svg)
    {
        var address = new StringBuilder("data:image/svg+xml;charset=utf-8,", svg.Length + svg.Length / 4);
        foreach (var rune in svg.EnumerateRunes())
            _ = rune.Value switch
            {
                '"' => address.Append('\''),
                '&' => address.Append("&amp;"),
                '%' or '#' or '<' or '>' or '\n' or '\r' or '\t' => address.Append($"%{rune.Value:X2}"),
                < ' ' or 0xFFFE or 0xFFFF => address.Append('\uFFFD'),
                _ => address.Append(rune.ToString()),
            };
        return address.ToString();
    }
}
