using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>Reads .ipynb of nbformat 4 and writes nbformat 4.5. What it does not know it keeps.</summary>
internal static class IpynbFormat
{
    private static readonly JsonSerializerOptions Writing = new()
    {
        WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000,
    };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000 };

    public static Notebook Parse(string json, string path)
    {
        if (string.IsNullOrWhiteSpace(json)) throw new UserErrorException($"'{path}' is empty, and so not a notebook.");
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Reading) as JsonObject;
            if (root?["cells"] is not JsonArray cells)
            {
                if (root?["worksheets"] is not null)
                {
                    throw new UserErrorException($"'{path}' is of nbformat 3: open it in Jupyter and save it, then run it again.");
                }

                throw new UserErrorException($"'{path}' is JSON, but not a notebook: it has no list of cells.");
            }

            if (root["nbformat"] is JsonValue version && version.TryGetValue<int>(out var major) && major != 4)
            {
                throw new UserErrorException($"'{path}' is of nbformat {major}; fednb reads nbformat 4.");
            }

            var metadata = root["metadata"] as JsonObject ?? [];
            var defaultKernel = DefaultKernel(metadata);
            var fields = root.DeepClone().AsObject();
            foreach (var name in (string[])["cells", "metadata"]) fields.Remove(name);
            return new([.. cells.Select((cell, index) => ParseCell(cell, index + 1, defaultKernel, path))], metadata.DeepClone().AsObject(), fields);
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"'{path}' is not JSON, and so not a notebook: the mistake is in line {(exception.LineNumber ?? 0) + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new UserErrorException($"'{path}' is broken: one of its texts has half a character, of those that take two."); // A lone surrogate.
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"'{path}' is broken: {exception.Message.Split(" (Parameter")[0]}"); // A key that occurs twice.
        }
    }

    private static NotebookCell ParseCell(JsonNode? node, int number, string defaultKernel, string path)
    {
        if (node is not JsonObject fields) throw Broken("is not an object");
        CellKind? kind = Text(fields["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            null => throw Broken("has no cell_type"),
            var other => throw Broken($"has the unknown cell_type '{other}'"),
        };
        var source = fields["source"] switch
        {
            JsonArray lines when lines.All(line => Text(line) is not null) => string.Concat(lines.Select(Text)),
            JsonValue value when Text(value) is { } text => text,
            _ => throw Broken("has no source that is a text or a list of lines"),
        };
        var kept = fields.DeepClone().AsObject();
        foreach (var name in (string[])["cell_type", "source", "outputs", "execution_count"]) kept.Remove(name);
        var kernel = Text(Field(fields, "metadata", "polyglot_notebook", "kernelName"))
            ?? Text(Field(fields, "metadata", "dotnet_interactive", "language"))
            ?? defaultKernel;
        return new(kind.Value, Languages.Canonical(kernel), source, kept);

        UserErrorException Broken(string what) => new($"'{path}' is broken: its cell {number} {what}.");
    }

    private static string DefaultKernel(JsonObject metadata) =>
        Languages.Canonical(
            Text(Field(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName"))
            ?? Text(Field(metadata, "dotnet_interactive", "language"))
            ?? Text(Field(metadata, "kernelspec", "language"))
            ?? Text(Field(metadata, "language_info", "name"))
            ?? Text(Field(metadata, "kernelspec", "name"))
            ?? Languages.CSharp);

    public static string Write(Notebook notebook)
    {
        var ids = new HashSet<string>();
        var metadata = notebook.Metadata.DeepClone().AsObject();
        metadata["kernelspec"] ??= new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        metadata["language_info"] ??= new JsonObject
        {
            ["name"] = "C#", ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["pygments_lexer"] = "csharp",
        };
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. notebook.Cells.Select((cell, index) => WriteCell(cell, index + 1, ids))]),
            ["metadata"] = metadata,
            ["nbformat"] = 4,
            // A later one may say more of its fields, which are kept.
            ["nbformat_minor"] = notebook.Fields["nbformat_minor"] is JsonValue value && value.TryGetValue<int>(out var minor) ? Math.Max(5, minor) : 5,
        };
        foreach (var (name, field) in notebook.Fields)
        {
            if (!root.ContainsKey(name)) root[name] = field?.DeepClone();
        }

        return root.ToJsonString(Writing) + "\n";
    }

    private static JsonObject WriteCell(NotebookCell cell, int number, HashSet<string> ids)
    {
        var fields = cell.Fields.DeepClone().AsObject();
        var written = new JsonObject { ["cell_type"] = cell.Kind.ToString().ToLowerInvariant() };
        if (cell.Kind == CellKind.Code) written["execution_count"] = cell.ExecutionCount;
        written["id"] = UniqueId(Text(fields["id"]), number, ids);
        written["metadata"] = fields["metadata"] is JsonObject metadata ? metadata.DeepClone() : new JsonObject();
        if (cell.Kind == CellKind.Code) written["outputs"] = new JsonArray([.. cell.Outputs.Select(WriteOutput)]);
        written["source"] = Lines(cell.Source);
        foreach (var (name, value) in fields)
        {
            if (!written.ContainsKey(name)) written[name] = value?.DeepClone();
        }

        return written;
    }

    /// <summary>An id is kept when nbformat allows it; a cell without one gets its number.</summary>
    private static string UniqueId(string? id, int number, HashSet<string> ids)
    {
        var valid = id is { Length: > 0 and <= 64 } && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
        if (!valid || !ids.Add(id!))
        {
            id = $"cell-{number}";
            while (!ids.Add(id)) id += "x";
        }

        return id!;
    }

    /// <summary>Text is kept as a list of lines, as Jupyter keeps it.</summary>
    private static JsonObject WriteOutput(JsonObject output)
    {
        var written = output.DeepClone().AsObject();
        if (Text(written["text"]) is { } stream) written["text"] = Lines(stream);
        if (written["data"] is JsonObject data)
        {
            foreach (var mimeType in data.Select(entry => entry.Key).ToArray())
            {
                var isText = mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType == "image/svg+xml";
                if (isText && Text(data[mimeType]) is { } text) data[mimeType] = Lines(text);
            }
        }

        return written;
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }

    private static JsonNode? Field(JsonObject fields, params string[] path) =>
        path.Aggregate((JsonNode?)fields, (node, name) => (node as JsonObject)?[name]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
