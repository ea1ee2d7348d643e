using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>
/// Reads .dib: text in which a line <c>#!name</c> begins a cell of that language, after an optional <c>#!meta</c> that names the notebook's kernels.
/// Every other line that begins with <c>#!</c> is a magic command and stays in its cell. Writes the same.
/// </summary>
internal static class DibFormat
{
    private const string MetadataName = "polyglot_notebook";
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static Notebook Parse(string text, string path)
    {
        var blocks = Split(text.Replace("\r\n", "\n"));
        var meta = ReadMeta(blocks.FirstOrDefault(block => block.Name == "meta").Lines, path);
        var kernelInfo = meta?["kernelInfo"] as JsonObject;
        var names = DeclaredNames(kernelInfo);
        var defaultName = kernelInfo?["defaultKernelName"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : Languages.CSharp;

        List<NotebookCell> cells = [];
        List<string> lines = [];
        var language = defaultName;
        foreach (var block in blocks)
        {
            if (block.Name == "meta") continue;
            if (block.Name is null || (!Languages.IsKnown(block.Name) && !names.Contains(block.Name)))
            {
                // A magic command, not a language.
                if (block.Name is not null) lines.Add("#!" + block.Name);
                lines.AddRange(block.Lines);
                continue;
            }

            AddCell();
            language = block.Name;
            lines = [.. block.Lines];
        }

        AddCell();
        return new(cells, Metadata(meta));

        void AddCell()
        {
            var source = string.Join('\n', lines.SkipWhile(string.IsNullOrWhiteSpace)).TrimEnd();
            if (source.Length == 0) return;
            var kernel = Languages.Canonical(language);
            cells.Add(kernel switch
            {
                Languages.Markdown => new(CellKind.Markdown, kernel, source, []),
                Languages.Raw => new(CellKind.Raw, kernel, source, []),
                _ => new(CellKind.Code, kernel, source, KernelFields(kernel)),
            });
        }
    }

    /// <summary>Splits at lines that hold nothing but <c>#!name</c>.</summary>
    private static List<(string? Name, List<string> Lines)> Split(string text)
    {
        List<(string? Name, List<string> Lines)> blocks = [(null, [])];
        foreach (var line in text.Split('\n'))
        {
            var name = line.TrimEnd();
            if (name.StartsWith("#!", StringComparison.Ordinal) && name.Length > 2 && !name.Any(char.IsWhiteSpace)) blocks.Add((name[2..], []));
            else blocks[^1].Lines.Add(line);
        }

        return blocks;
    }

    private static JsonObject? ReadMeta(List<string>? lines, string path)
    {
        if (lines is null) return null;
        try
        {
            return JsonNode.Parse(string.Join('\n', lines)) as JsonObject;
        }
        catch (JsonException exception)
        {
            throw new UserErrorException($"'{path}' is broken: what follows #!meta is not JSON ({exception.Message})");
        }
    }

    private static HashSet<string> DeclaredNames(JsonObject? kernelInfo)
    {
        var items = (kernelInfo?["items"] as JsonArray ?? []).OfType<JsonObject>();
        return items.SelectMany(item => (JsonNode?[])[item["name"], .. item["aliases"] as JsonArray ?? []]).OfType<JsonValue>()
            .Select(name => name.TryGetValue<string>(out var text) ? text : "")
            .Where(name => name.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static JsonObject KernelFields(string kernel) =>
        new()
        {
            ["metadata"] = new JsonObject
            {
                ["dotnet_interactive"] = new JsonObject { ["language"] = kernel },
                ["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel },
            },
        };

    // In .ipynb, all that #!meta says stands under this name.
    private static JsonObject Metadata(JsonObject? meta)
    {
        var metadata = new JsonObject();
        if (meta is not null) metadata[MetadataName] = meta.DeepClone();
        return metadata;
    }

    /// <summary>The notebook without what it has put out. What only an .ipynb can hold (ids, tags, attachments) has no place here.</summary>
    public static string Write(Notebook notebook)
    {
        var text = new StringBuilder();
        if (notebook.Metadata[MetadataName] is JsonObject { Count: > 0 } meta) text.Append("#!meta\n\n").Append(meta.ToJsonString(Writing)).Append("\n\n");
        foreach (var cell in notebook.Cells)
        {
            var language = cell.Kind switch { CellKind.Markdown => Languages.Markdown, CellKind.Raw => Languages.Raw, _ => cell.KernelName };
            text.Append("#!").Append(language).Append("\n\n").Append(cell.Text).Append("\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
