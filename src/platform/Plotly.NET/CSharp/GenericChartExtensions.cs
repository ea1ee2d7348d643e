using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Plotly.NET.Figures;

namespace Plotly.NET.CSharp;

public static class GenericChartExtensions
{
    public static GenericChart WithSize(this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default)
    {
        var size = new JsonObject();
        if (Width.IsSome)
            size["width"] = Width.Value;
        if (Height.IsSome)
            size["height"] = Height.Value;
        return gChart.With(size);
    }

    public static GenericChart WithXAxisStyle<MinType, MaxType, CategoryArrayType>(this GenericChart gChart, Optional<string> TitleText = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible
        => gChart.WithAxisTitle("xaxis", TitleText);

    public static GenericChart WithYAxisStyle<MinType, MaxType, CategoryArrayType>(this GenericChart gChart, Optional<string> TitleText = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible
        => gChart.WithAxisTitle("yaxis", TitleText);

    public static void SaveHtml(this GenericChart gChart, string path, Optional<bool> OpenInBrowser = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            path += ".html";
        File.WriteAllText(path, GenericChart.toEmbeddedHTML(gChart));
        if (OpenInBrowser is { IsSome: true, Value: true })
            Open(path);
    }

    // Upstream fails where there is no browser; the page is written all the same, so here that is said and no more.
    private static void Open(string path)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(Path.GetFullPath(path)) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            Console.Error.WriteLine($"The chart is in {path}; no browser could be opened to show it.");
        }
    }

    private static GenericChart WithAxisTitle(this GenericChart gChart, string axis, Optional<string> title) => gChart.With(
        title.IsSome ? new JsonObject { [axis] = new JsonObject { ["title"] = new JsonObject { ["text"] = title.Value } } } : []);

    private static GenericChart With(this GenericChart gChart, JsonObject change)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        var layout = gChart.CopyLayout();
        ChartGrid.Merge(layout, change);
        return new(gChart.CopyData(), layout);
    }
}
