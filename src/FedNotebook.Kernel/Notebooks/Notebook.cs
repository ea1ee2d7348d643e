using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Documents.Jupyter;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>A notebook: its document, with the cells in order, and the one thing that pages show and documents do not tell.</summary>
/// <param name="document">What the file says; cells that run put their outputs into it.</param>
/// <param name="attachments">The pictures that a cell of an .ipynb file carries, by name.</param>
internal sealed class Notebook(InteractiveDocument document, IReadOnlyDictionary<InteractiveDocumentElement, JsonObject>? attachments = null)
{
    public IList<InteractiveDocumentElement> Cells => document.Elements;

    public JsonObject? AttachmentsOf(InteractiveDocumentElement cell) => attachments?.GetValueOrDefault(cell);

    /// <summary>The first heading of the notebook, or else the given name.</summary>
    public string TitleOr(string name) => Cells.Select(Headings.FirstIn).FirstOrDefault(heading => heading is not null) ?? name;

    /// <summary>The notebook as .ipynb, of nbformat 4.5.</summary>
    public string ToIpynb() => document.ToJupyterJson();

    /// <summary>The notebook as .dib, without what it has put out.</summary>
    public string ToDib() => DibFormat.Write(document);

    /// <summary>Reads a notebook; the ending of the path says what it is. What its cells put out before is left behind.</summary>
    /// <exception cref="UserErrorException">There is no such file, it has another ending, or it is not a notebook.</exception>
    public static Notebook Read(string path)
    {
        Func<string, Notebook>? parse = Path.GetExtension(path).ToLowerInvariant() switch
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
            return parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
