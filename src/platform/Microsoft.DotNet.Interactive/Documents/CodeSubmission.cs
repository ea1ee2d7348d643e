using System.Text.Json;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>The .dib format: text in which a line `#!NAME` begins a cell for the kernel of that name.</summary>
public static class CodeSubmission
{
    private const string Meta = "#!meta";

    /// <param name="content">The text of the file.</param>
    /// <param name="kernelInfos">The kernels that are there, besides those that the file names itself.</param>
    /// <exception cref="FormatException">What follows `#!meta` is not JSON.</exception>
    public static InteractiveDocument Parse(string content, KernelInfoCollection? kernelInfos = null)
    {
        var kernels = kernelInfos?.Clone() ?? new KernelInfoCollection { new("csharp", "C#", ["c#", "C#"]) };
        if (!kernels.Contains("markdown")) kernels.Add(new KernelInfo("markdown", "Markdown", ["md"]));
        var lines = content.ReplaceLineEndings("\n").Split('\n').ToList();
        var document = new InteractiveDocument();
        var meta = lines.FindIndex(line => line.Trim().Length > 0);
        if (meta >= 0 && lines[meta].Trim() == Meta)
        {
            var end = lines.FindIndex(meta + 1, line => line.StartsWith("#!", StringComparison.Ordinal));
            if (end < 0) end = lines.Count;
            ReadMeta(string.Join('\n', lines[(meta + 1)..end]), kernels, document.Metadata);
            lines.RemoveRange(0, end);
        }

        var kernel = kernels.DefaultKernelName ?? "csharp";
        var cell = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("#!", StringComparison.Ordinal) && kernels.Find(line[2..].Trim()) is { } next)
            {
                EndCell();
                kernel = next.Name;
            }
            else
                cell.Add(line);
        }

        EndCell();
        return document;

        void EndCell()
        {
            var first = cell.FindIndex(line => !string.IsNullOrWhiteSpace(line));
            if (first >= 0) document.Add(new InteractiveDocumentElement(string.Join('\n', cell[first..(cell.FindLastIndex(line => !string.IsNullOrWhiteSpace(line)) + 1)]), kernel));
            cell.Clear();
        }
    }

    private static void ReadMeta(string json, KernelInfoCollection kernels, IDictionary<string, object> metadata)
    {
        try
        {
            var root = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
            foreach (var (name, value) in root) metadata[name] = value;
            if (!root.TryGetValue("kernelInfo", out var info)) return;
            if (info.TryGetProperty("defaultKernelName", out var defaultName)) kernels.DefaultKernelName = defaultName.GetString();
            if (!info.TryGetProperty("items", out var items)) return;
            foreach (var item in items.EnumerateArray())
                if (item.GetProperty("name").GetString() is { } name && !kernels.Contains(name))
                    kernels.Add(new KernelInfo(name, item.TryGetProperty("languageName", out var language) ? language.GetString() : null,
                        item.TryGetProperty("aliases", out var aliases) ? [.. aliases.EnumerateArray().Select(a => a.GetString()!)] : []));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"What follows {Meta} is not what it should be: {e.Message}", e);
        }
    }
}
