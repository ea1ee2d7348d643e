using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents.Jupyter;

/// <summary>Makes a document of a notebook's JSON.</summary>
internal static class NotebookReader
{
    /// <exception cref="FormatException">It is not a notebook.</exception>
    public static InteractiveDocument Read(JsonElement root, KernelInfoCollection? kernelInfos)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("worksheets", out _))
            throw new FormatException("This notebook is of nbformat 3, and only nbformat 4 is read: open it in Jupyter and save it.");
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Array)
            throw new FormatException("This is JSON, but not a Jupyter notebook: it has no list of cells.");
        if (root.TryGetProperty("nbformat", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var major) && major != 4)
            throw new FormatException($"This notebook is of nbformat {major}; only nbformat 4 is read.");

        var document = new InteractiveDocument { KernelsOfReader = kernelInfos, Fields = Rest(root, "cells", "metadata") };
        if (root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            foreach (var (name, value) in PlainJson.ToDictionary(metadata)) document.Metadata[name] = value;

        var number = 0;
        foreach (var cell in cells.EnumerateArray()) document.Add(ReadCell(cell, ++number, document, kernelInfos));
        return document;
    }

    private static InteractiveDocumentElement ReadCell(JsonElement cell, int number, InteractiveDocument document, KernelInfoCollection? kernelInfos)
    {
        if (cell.ValueKind != JsonValueKind.Object) throw Broken(number, "is not an object");
        var metadata = cell.TryGetProperty("metadata", out var values) && values.ValueKind == JsonValueKind.Object ? PlainJson.ToDictionary(values) : null;
        var kernel = Text(cell, "cell_type") switch
        {
            "code" => KernelOf(metadata, document, kernelInfos),
            "markdown" or "raw" => Text(cell, "cell_type"),
            null => throw Broken(number, "has no cell_type"),
            var other => throw Broken(number, $"has the unknown cell_type '{other}'"),
        };
        var element = new InteractiveDocumentElement(Lines(cell, "source") ?? throw Broken(number, "has no source that is a text or a list of lines"), kernel)
        {
            Id = Text(cell, "id"),
            ExecutionOrder = Number(cell, "execution_count"),
            Metadata = metadata,
            Fields = Rest(cell, "cell_type", "id", "metadata", "source", "outputs", "execution_count"),
        };
        if (cell.TryGetProperty("outputs", out var outputs) && outputs.ValueKind == JsonValueKind.Array)
            foreach (var output in outputs.EnumerateArray()) element.Outputs.Add(ReadOutput(output, number));
        return element;
    }

    private static string KernelOf(Dictionary<string, object>? metadata, InteractiveDocument document, KernelInfoCollection? kernelInfos)
    {
        var named = InputCellMetadata.Of(metadata);
        var name = named.KernelName ?? named.Language ?? document.GetDefaultKernelName() ?? "csharp";
        return (document.GetKernelInfo()?.Find(name) ?? kernelInfos?.Find(name) ?? KernelInfoCollection.Known().Find(name))?.Name ?? name;
    }

    private static InteractiveDocumentOutputElement ReadOutput(JsonElement output, int cell)
    {
        switch (output.ValueKind == JsonValueKind.Object ? Text(output, "output_type") : null)
        {
            case "stream":
                return new TextElement(Lines(output, "text") ?? "", Text(output, "name") ?? "stdout") { Fields = Rest(output, "output_type", "text", "name") };
            case "error":
                var trace = output.TryGetProperty("traceback", out var lines) && lines.ValueKind == JsonValueKind.Array ? lines.EnumerateArray().Select(line => line.ToString()) : [];
                return new ErrorElement(Text(output, "evalue"), Text(output, "ename"), [.. trace]) { Fields = Rest(output, "output_type", "evalue", "ename", "traceback") };
            case "execute_result":
                var result = new ReturnValueElement { ExecutionOrder = Number(output, "execution_count"), Fields = Rest(output, "output_type", "data", "metadata", "execution_count") };
                Fill(result.Data, output, "data", MimeValue);
                Fill(result.Metadata, output, "metadata", value => PlainJson.ToObject(value)!);
                return result;
            case "display_data":
                var display = new DisplayElement(null) { Fields = Rest(output, "output_type", "data", "metadata") };
                Fill(display.Data, output, "data", MimeValue);
                Fill(display.Metadata, output, "metadata", value => PlainJson.ToObject(value)!);
                return display;
            case null:
                throw Broken(cell, "has an output without an output_type");
            case var other:
                throw Broken(cell, $"has an output of the unknown type '{other}'");
        }
    }

    // Text is kept in lines; it is one text.
    private static object MimeValue(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String)
            ? string.Concat(value.EnumerateArray().Select(line => line.GetString())) : PlainJson.ToObject(value)!;

    private static void Fill(IDictionary<string, object> target, JsonElement output, string name, Func<JsonElement, object> read)
    {
        if (!output.TryGetProperty(name, out var values) || values.ValueKind != JsonValueKind.Object) return;
        foreach (var property in values.EnumerateObject()) target[property.Name] = read(property.Value);
    }

    private static string? Text(JsonElement values, string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement values, string name) =>
        values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static string? Lines(JsonElement values, string name) =>
        !values.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String) ? string.Concat(value.EnumerateArray().Select(line => line.GetString()))
        : null;

    private static JsonObject? Rest(JsonElement values, params ReadOnlySpan<string> known)
    {
        JsonObject? rest = null;
        foreach (var property in values.EnumerateObject())
            if (!known.Contains(property.Name)) (rest ??= [])[property.Name] = PlainJson.ToNode(property.Value);
        return rest;
    }

    private static FormatException Broken(int cell, string what) => new($"The notebook is broken: its cell {cell} {what}.");
}
