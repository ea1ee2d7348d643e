using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>
/// Reads .dib: text in which a line <c>#!name</c> begins a cell of that language, after an optional <c>#!meta</c> that names the notebook's kernels.
/// Every other line that begins with <c>#!</c> is a magic command and stays in its cell.
/// </summary>
internal static class DibFormat
{
    public static Notebook Parse(string text, string path)
    {
        var blocks = Split(text.Replace("\r\n", "\n"));
        var kernelInfo = ReadMeta(blocks.FirstOrDefault(block => block.Name == "meta").Lines, path);
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
        return new(cells, Metadata(kernelInfo));

        void AddCell()
        {
            var source = string.Join('\n', lines.SkipWhile(string.IsNullOrWhiteSpace)).TrimEnd();
            if (source.Length == 0) return;
            var kernel = Languages.Canonical(language);
            cells.Add(kernel == Languages.Markdown
                ? new(CellKind.Markdown, kernel, source, [])
                : new(CellKind.Code, kernel, source, KernelFields(kernel)));
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
            return JsonNode.Parse(string.Join('\n', lines)) is JsonObject meta ? meta["kernelInfo"] as JsonObject : null;
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

    private static JsonObject Metadata(JsonObject? kernelInfo)
    {
        var metadata = new JsonObject();
        if (kernelInfo is not null) metadata["polyglot_notebook"] = new JsonObject { ["kernelInfo"] = kernelInfo.DeepClone() };
        return metadata;
    }
}
