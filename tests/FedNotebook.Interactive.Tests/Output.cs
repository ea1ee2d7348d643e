using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests;

internal static class Output
{
    internal static string In(this DisplayEvent output, string mimeType) => output.FormattedValues.Single(value => value.MimeType == mimeType).Value;

    internal static string Html(this DisplayEvent output) => output.In("text/html");

    internal static string Text(this DisplayEvent output) => output.In("text/plain");

    internal static bool BringsPlotly(this DisplayEvent output) => output.Html().Contains("plotly.js (cartesian - minified)");
}
