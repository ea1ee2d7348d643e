namespace FedNotebook.Plots;

/// <summary>The scripts that plots need: plotly.js and draw.js once in a page, a short one beside each plot.</summary>
internal static class PlotlyScript
{
    private static readonly Lazy<string> load = new(() => $$"""
        <script>
        (function () {
        // A page that knows require.js or modules must not take plotly.js for one: it would not be found afterwards.
        var module, exports, define;
        if (window.fednbPlots && window.fednbPlots.ready) return;
        {{Resource("plotly.js")}}
        var palette = ["{{string.Join("\", \"", Palette.Workers)}}"];
        {{Resource("draw.js")}}
        })();
        </script>
        """);

    internal static string Load() => load.Value;

    /// <summary>Draws a figure (JSON) into the element <c>id-update</c>, as soon as the page has plotly.js. What could end a script in it is escaped here.</summary>
    internal static string Draw(string id, int update, string figure) =>
        $$"""<script>(window.fednbPlots = window.fednbPlots || []).push({id: "{{id}}", update: {{update}}, figure: {{figure.Replace("<", @"\u003c")}}});</script>""";

    private static string Resource(string name)
    {
        using var stream = typeof(PlotlyScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This build of FedNotebook.Interactive carries no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
