using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.DotNet.Interactive.Events;
using System.Xml.Linq;

namespace FedNotebook.Tests;

internal static class Output
{
    internal static string In(this DisplayEvent output, string mimeType) => output.FormattedValues.Single(value => value.MimeType == mimeType).Value;

    internal static string Html(this DisplayEvent output) => output.In("text/html");

    internal static string Text(this DisplayEvent output) => output.In("text/plain");

    internal static bool BringsPlotly(this DisplayEvent output) => output.Html().Contains("plotly.js (cartesian - minified)");

    /// <summary>The HTML as a browser reads it, where its style is stripped: what is left has to say it all.</summary>
    internal static IHtmlDocument Page(this DisplayEvent output)
    {
        var page = new HtmlParser().ParseDocument(output.Html());
        foreach (var stripped in page.QuerySelectorAll("style, script").ToList()) stripped.Remove();
        return page;
    }

    /// <summary>The first of its still pictures.</summary>
    internal static IElement Still(this DisplayEvent output) => output.Stills()[0];

    /// <summary>Its still pictures, which are images; each has to be sound XML, or browsers show none of it.</summary>
    internal static IReadOnlyList<IElement> Stills(this DisplayEvent output) => [.. output.Page().QuerySelectorAll("img").Select(Drawing)];

    internal static IElement Drawing(this IElement image) => new HtmlParser().ParseDocument(SvgIn(image).ToString(SaveOptions.DisableFormatting)).QuerySelector("svg")!;

    internal static XElement SvgIn(IElement image)
    {
        const string start = "data:image/svg+xml;charset=utf-8,";
        Assert.StartsWith(start, image.GetAttribute("src"));
        return XElement.Parse(Uri.UnescapeDataString(image.GetAttribute("src")![start.Length..]));
    }

    /// <summary>What a reader sees, with single spaces.</summary>
    internal static string Words(this DisplayEvent output) => 
        string.Join(' ', output.Page().Body!.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The cells of its tables, row by row.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Rows(this DisplayEvent output) =>
        [.. output.Page().QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td, th").Select(cell => cell.TextContent.Trim()).ToList())];
}
