using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FedNotebook.Kernel.Pages;

/// <summary>Text with a terminal's escape sequences: colours become spans, everything else a terminal would obey is left out.</summary>
internal static partial class AnsiText
{
    private static readonly string[] Colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        string? colour = null;
        var bold = false;
        var last = 0;
        foreach (Match match in Escape().Matches(text))
        {
            Append(text[last..match.Index]);
            last = match.Index + match.Length;
            if (match.Groups["style"].Success) Apply(match.Groups["style"].Value);
        }

        Append(text[last..]);
        return html.ToString();

        void Append(string part)
        {
            if (part.Length == 0) return;
            var classes = string.Join(' ', ((string?[])[colour, bold ? "ansi-bold" : null]).Where(name => name is not null));
            var encoded = WebUtility.HtmlEncode(part);
            html.Append(classes.Length == 0 ? encoded : $"<span class=\"{classes}\">{encoded}</span>");
        }

        void Apply(string codes)
        {
            foreach (var code in codes.Split(';').Select(code => int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : 0))
            {
                (colour, bold) = code switch
                {
                    0 => (null, false),
                    1 => (colour, true),
                    22 => (colour, false),
                    39 => (null, bold),
                    >= 30 and <= 37 => ("ansi-" + Colours[code - 30], bold),
                    >= 90 and <= 97 => ("ansi-" + Colours[code - 90], bold),
                    _ => (colour, bold),
                };
            }
        }
    }

    public static string Strip(string text) => Escape().Replace(text, "");

    [GeneratedRegex(@"\x1b(?:\[(?<style>[0-9;]*)m|\[[0-9;?]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")]
    private static partial Regex Escape();
}
