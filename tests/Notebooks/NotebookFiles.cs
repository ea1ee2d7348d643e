using System.Text.Json.Nodes;

namespace FedNotebook.Notebooks;

/// <summary>The notebooks of the repository.</summary>
internal static class NotebookFiles
{
    public static string Folder { get; } = Path.Combine(Clone.Root, "notebooks");

    /// <summary>All of them, in order, by name without ending.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Those that have no test class of their own that runs them.</summary>
    public static IEnumerable<TheoryDataRow<string>> Others => Names.Except(["00-tour", "06-federated-training"]).Select(name => new TheoryDataRow<string>(name));

    public static string PathOf(string name) => Path.Combine(Folder, name + ".ipynb");

    public static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    public static IEnumerable<JsonNode> Cells(this JsonNode notebook) => notebook["cells"]!.AsArray().Select(cell => cell!);

    public static IEnumerable<JsonNode> CodeCells(this JsonNode notebook) => notebook.Cells().Where(cell => (string?)cell["cell_type"] == "code");

    public static string Source(this JsonNode cell) => Text(cell["source"]);

    public static IEnumerable<JsonNode> Outputs(this JsonNode cell) => cell["outputs"]!.AsArray().Select(output => output!);

    public static string Text(JsonNode? text) => text is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)text ?? "";

    /// <summary>Fails when a cell of a notebook that has run did not run, or put out an error.</summary>
    public static void AssertRan(JsonNode notebook)
    {
        foreach (var cell in notebook.CodeCells())
        {
            Assert.NotNull(cell["execution_count"]);
            Assert.DoesNotContain(cell.Outputs(), output => (string?)output["output_type"] == "error" || (string?)output["name"] == "stderr");
        }
    }
}
