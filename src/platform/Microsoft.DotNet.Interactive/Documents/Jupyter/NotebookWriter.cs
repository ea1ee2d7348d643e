using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents.Jupyter;

/// <summary>Makes a notebook's JSON of a document.</summary>
internal static class NotebookWriter
{
    private const int Minor = 5;

    public static JsonObject Write(InteractiveDocument document, string? defaultLanguage)
    {
        var ids = new HashSet<string>();
        var defaultKernel = document.GetDefaultKernelName() ?? "csharp";
        return WithRest(new JsonObject
        {
            ["cells"] = new JsonArray([.. document.Elements.Select((element, index) => WriteCell(element, index + 1, defaultKernel, ids))]),
            ["metadata"] = MetadataOf(document, defaultLanguage),
            ["nbformat"] = 4,
            // A later one may say more of its fields, which are kept.
            ["nbformat_minor"] = document.Fields?["nbformat_minor"] is JsonValue value && value.TryGetValue<int>(out var minor) ? Math.Max(Minor, minor) : Minor,
        }, document.Fields);
    }

    private static JsonObject MetadataOf(InteractiveDocument document, string? defaultLanguage)
    {
        var metadata = PlainJson.ToNode(document.Metadata);
        if (metadata.Remove(InteractiveDocument.KernelInfoName, out var kernels))
        {
            if (metadata[InteractiveDocument.Polyglot] is not JsonObject) metadata[InteractiveDocument.Polyglot] = new JsonObject();
            metadata[InteractiveDocument.Polyglot]![InteractiveDocument.KernelInfoName] = kernels;
        }

        if (defaultLanguage is null && metadata.ContainsKey("kernelspec") && metadata.ContainsKey("language_info")) return metadata;
        var (kernel, language, extension, lexer) = (KernelInfoCollection.Known().Find(defaultLanguage ?? document.GetDefaultKernelName() ?? "csharp")?.Name) switch
        {
            "fsharp" => (".net-fsharp", "F#", ".fs", "fsharp"),
            "pwsh" => (".net-powershell", "PowerShell", ".ps1", "powershell"),
            _ => (".net-csharp", "C#", ".cs", "csharp"), // The kernel that runs notebooks of the other languages too.
        };
        if (defaultLanguage is not null || !metadata.ContainsKey("kernelspec"))
            metadata["kernelspec"] = new JsonObject { ["display_name"] = $".NET ({language})", ["language"] = language, ["name"] = kernel };
        if (defaultLanguage is not null || !metadata.ContainsKey("language_info"))
            metadata["language_info"] = new JsonObject { ["file_extension"] = extension, ["mimetype"] = $"text/x-{lexer}", ["name"] = language, ["pygments_lexer"] = lexer };
        return metadata;
    }

    private static JsonNode WriteCell(InteractiveDocumentElement element, int number, string defaultKernel, HashSet<string> ids)
    {
        var kernel = element.KernelName ?? defaultKernel;
        var isCode = kernel is not ("markdown" or "raw");
        var metadata = new Dictionary<string, object>(element.Metadata ?? new Dictionary<string, object>());
        if (isCode && !SaysAlready(element, kernel, defaultKernel)) InputCellMetadata.Set(metadata, kernel);

        var cell = new JsonObject { ["cell_type"] = isCode ? "code" : kernel };
        if (isCode) cell["execution_count"] = element.ExecutionOrder > 0 ? element.ExecutionOrder : null;
        cell["id"] = UniqueId(element.Id, number, ids);
        cell["metadata"] = PlainJson.ToNode(metadata);
        if (isCode) cell["outputs"] = new JsonArray([.. element.Outputs.Select(WriteOutput)]);
        cell["source"] = Lines(element.Contents);
        return WithRest(cell, element.Fields);
    }

    // The cell of a file that is for the notebook's own kernel need not say so.
    private static bool SaysAlready(InteractiveDocumentElement element, string kernel, string defaultKernel)
    {
        if (element.Metadata is null) return false;
        var said = InputCellMetadata.Of(element.Metadata);
        var name = said.KernelName ?? said.Language ?? defaultKernel;
        return name == kernel || KernelInfoCollection.Known().Find(name)?.Name == kernel;
    }

    /// <summary>An id is kept when nbformat allows it; a cell without one gets its number.</summary>
    private static string UniqueId(string? id, int number, HashSet<string> ids)
    {
        if (id is { Length: > 0 and <= 64 } && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') && ids.Add(id)) return id;
        id = $"cell-{number}";
        while (!ids.Add(id)) id += "x";
        return id;
    }

    private static JsonNode WriteOutput(InteractiveDocumentOutputElement output) => WithRest(output switch
    {
        TextElement text => new JsonObject { ["output_type"] = "stream", ["name"] = text.Name, ["text"] = Lines(text.Text) },
        ErrorElement error => new JsonObject
        {
            ["output_type"] = "error", ["ename"] = error.ErrorName, ["evalue"] = error.ErrorValue, ["traceback"] = new JsonArray([.. error.StackTrace.Select(line => (JsonNode)line)]),
        },
        ReturnValueElement result => new JsonObject
        {
            ["output_type"] = "execute_result", ["data"] = Data(result.Data), ["execution_count"] = result.ExecutionOrder > 0 ? result.ExecutionOrder : null, ["metadata"] = PlainJson.ToNode(result.Metadata),
        },
        DisplayElement display => new JsonObject { ["output_type"] = "display_data", ["data"] = Data(display.Data), ["metadata"] = PlainJson.ToNode(display.Metadata) },
        _ => throw new NotSupportedException($"An output of the type {output.GetType()} has no form in a Jupyter notebook."),
    }, output.Fields);

    private static JsonObject Data(IDictionary<string, object> data)
    {
        var written = PlainJson.ToNode(data);
        foreach (var (mimeType, value) in data)
            if (value is string text && (mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType == "image/svg+xml")) written[mimeType] = Lines(text);
        return written;
    }

    /// <summary>Text as a list of lines, as Jupyter keeps it.</summary>
    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }

    private static JsonObject WithRest(JsonObject written, JsonObject? rest)
    {
        foreach (var (name, value) in rest ?? [])
            if (!written.ContainsKey(name)) written[name] = value?.DeepClone();
        return written;
    }
}
