using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>A notebook: cells in order, and what the file says of the whole.</summary>
/// <param name="cells">The cells.</param>
/// <param name="metadata">What nbformat calls the notebook's metadata.</param>
/// <param name="fields">What else the file said of the whole: it is written back as it was.</param>
internal sealed class Notebook(IReadOnlyList<NotebookCell> cells, JsonObject metadata, JsonObject? fields = null)
{
    public IReadOnlyList<NotebookCell> Cells { get; } = cells;

    public JsonObject Metadata { get; } = metadata;

    public JsonObject Fields { get; } = fields ?? [];

    /// <summary>The same notebook with other cells.</summary>
    public Notebook With(IReadOnlyList<NotebookCell> cells) => new(cells, Metadata, Fields);

    /// <summary>The first heading of the notebook, or else the given name.</summary>
    public string TitleOr(string name) => Cells.Select(Headings.FirstIn).FirstOrDefault(heading => heading is not null) ?? name;

    /// <summary>Reads a notebook; the ending of the path says what it is.</summary>
    /// <exception cref="UserErrorException">There is no such file, it has another ending, or it is not a notebook.</exception>
    public static Notebook Read(string path)
    {
        Func<string, string, Notebook>? parse = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".dib" => DibFormat.Parse,
            ".ipynb" => IpynbFormat.Parse,
            _ => null,
        };
        if (Directory.Exists(path)) throw new UserErrorException($"'{path}' is a folder, not a notebook.");
        if (!File.Exists(path)) throw new UserErrorException($"There is no file '{path}'.");
        if (parse is null) throw new UserErrorException($"'{path}' is not a notebook by its ending: fednb runs .dib and .ipynb.");
        try
        {
            return parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
