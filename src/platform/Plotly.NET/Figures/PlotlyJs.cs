namespace Plotly.NET.Figures;

internal static class PlotlyJs
{
    private static readonly Lazy<string> source = new(Read);

    internal static string Source => source.Value;

    private static string Read()
    {
        using var stream = typeof(PlotlyJs).Assembly.GetManifestResourceStream("plotly.js")
            ?? throw new InvalidOperationException("This build of Plotly.NET carries no plotly.js.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
