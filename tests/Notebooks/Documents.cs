using System.Text.Json.Nodes;

namespace FedNotebook.Notebooks;

/// <summary>Everything in the clone that people read: its Markdown files and its notebooks.</summary>
internal static class Documents
{
    public static IEnumerable<string> All => Markdown.Concat(Notebooks);

    public static IEnumerable<string> Markdown => In(".", false).Concat(new[] { "docs", "notebooks", "bench", "src", "tests" }.SelectMany(folder => In(folder, true))).Where(path => path.EndsWith(".md"));

    public static IEnumerable<string> Notebooks => In("notebooks", true).Where(path => path.EndsWith(".ipynb"));

    /// <summary>The Markdown of a document: a file's text, or a notebook's Markdown cells.</summary>
    public static string Text(string path) => path.EndsWith(".ipynb")
        ? string.Join("\n\n", JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray().Where(cell => (string)cell!["cell_type"]! == "markdown").Select(cell => Source(cell!)))
        : File.ReadAllText(path);

    /// <summary>What stands in a cell.</summary>
    public static string Source(JsonNode cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)cell["source"]!;

    private static IEnumerable<string> In(string folder, bool below) =>
        Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Clone.Root, folder)), "*", new EnumerationOptions { RecurseSubdirectories = below })
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/") && !path.Contains("checkpoints")).Order(StringComparer.Ordinal);
}
