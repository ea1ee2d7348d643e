namespace Plotly.NET.Figures;

internal static class ChartPage
{
    internal static string Fragment(string figure)
    {
        var id = Guid.NewGuid().ToString("N");
        return $$"""
            <div id="{{id}}"></div>
            <script>
            (function () {
              var figure = {{figure}};
              window.Plotly.newPlot("{{id}}", figure.data, figure.layout, figure.config);
            })();
            </script>
            """;
    }

    internal static string Whole(string figure) => $"""
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Plotly chart</title>
        <script>{PlotlyJs.Source}</script>
        </head>
        <body>
        {Fragment(figure)}
        </body>
        </html>
        """;
}
