using System.Text.Json.Nodes;

namespace Plotly.NET.Figures;

// Puts charts side by side: each keeps its own pair of axes, numbered row by row.
internal static class ChartGrid
{
    internal static GenericChart Arrange(IReadOnlyList<GenericChart> charts, int rows, int columns)
    {
        if (rows < 1 || columns < 1)
            throw new ArgumentException($"A grid has at least one row and one column, not {rows} and {columns}.");
        if (charts.Count > rows * columns)
            throw new ArgumentException($"{charts.Count} charts do not fit into a grid of {rows} rows and {columns} columns.");

        var data = new JsonArray();
        var layout = new JsonObject { ["grid"] = new JsonObject { ["rows"] = rows, ["columns"] = columns, ["pattern"] = "independent" } };
        for (var i = 0; i < charts.Count; i++)
        {
            var suffix = i == 0 ? "" : $"{i + 1}";
            foreach (var trace in Take(charts[i].CopyData()))
            {
                trace["xaxis"] = "x" + suffix;
                trace["yaxis"] = "y" + suffix;
                data.Add(trace);
            }
            foreach (var (name, value) in charts[i].CopyLayout())
                if (name == "grid")
                    throw new ArgumentException("A grid cannot hold another grid: put all charts into one.");
                else
                    layout[name is "xaxis" or "yaxis" ? name + suffix : name] = value?.DeepClone();
        }
        return new(data, layout);
    }

    internal static GenericChart Overlay(IEnumerable<GenericChart> charts)
    {
        var data = new JsonArray();
        var layout = new JsonObject();
        foreach (var chart in charts)
        {
            foreach (var trace in Take(chart.CopyData()))
                data.Add(trace);
            Merge(layout, chart.CopyLayout());
        }
        return new(data, layout);
    }

    internal static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
            if (value is JsonObject inner && into[name] is JsonObject present)
                Merge(present, inner);
            else
                into[name] = value?.DeepClone();
    }

    // A JSON node has one parent: traces leave their own array before they enter another.
    private static IEnumerable<JsonObject> Take(JsonArray traces)
    {
        while (traces.Count > 0)
        {
            var trace = (JsonObject)traces[0]!;
            traces.RemoveAt(0);
            yield return trace;
        }
    }
}
