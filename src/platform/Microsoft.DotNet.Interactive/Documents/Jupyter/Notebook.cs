using System.Text.Json;

namespace Microsoft.DotNet.Interactive.Documents.Jupyter;

/// <summary>The .ipynb format.</summary>
public static class Notebook
{
    /// <exception cref="FormatException">The text is not a notebook.</exception>
    public static InteractiveDocument Parse(string json, KernelInfoCollection? kernelInfos = null)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json);
            var root = parsed.RootElement;
            var document = new InteractiveDocument();
            if (root.TryGetProperty("metadata", out var metadata))
                foreach (var property in metadata.EnumerateObject()) document.Metadata[property.Name] = property.Value.Clone();
            var kernel = Text(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName") ?? kernelInfos?.DefaultKernelName ?? "csharp";
            foreach (var cell in root.GetProperty("cells").EnumerateArray()) document.Add(Cell(cell, kernel));
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"This is not a Jupyter notebook: {e.Message}", e);
        }
    }

    private static InteractiveDocumentElement Cell(JsonElement cell, string defaultKernel)
    {
        cell.TryGetProperty("metadata", out var metadata);
        var kernel = cell.GetProperty("cell_type").GetString() switch
        {
            "code" => Text(metadata, "polyglot_notebook", "kernelName") ?? Text(metadata, "dotnet_interactive", "language") ?? defaultKernel,
            var other => other,
        };
        var source = cell.GetProperty("source");
        return new InteractiveDocumentElement(
            source.ValueKind == JsonValueKind.Array ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString() ?? "", kernel!)
        {
            Id = Text(cell, "id"),
            ExecutionOrder = cell.TryGetProperty("execution_count", out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt32() : 0,
            Metadata = metadata.ValueKind == JsonValueKind.Object ? metadata.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value.Clone()) : null,
        };
    }

    private static string? Text(JsonElement element, params string[] path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
