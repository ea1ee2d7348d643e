using System.Collections;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A notebook: cells in order.</summary>
public class InteractiveDocument : IEnumerable
{
    public InteractiveDocument(IList<InteractiveDocumentElement>? elements = null) => Elements = elements ?? new List<InteractiveDocumentElement>();

    public IList<InteractiveDocumentElement> Elements { get; }

    public IDictionary<string, object> Metadata { get; } = new Dictionary<string, object>();

    public void Add(InteractiveDocumentElement element) => Elements.Add(element);

    /// <summary>Reads a .dib or an .ipynb file.</summary>
    /// <exception cref="NotSupportedException">The file has another ending.</exception>
    /// <exception cref="FormatException">The file is not what its ending says.</exception>
    public static async Task<InteractiveDocument> LoadAsync(FileInfo file, KernelInfoCollection? kernelInfos = null)
    {
        var text = await File.ReadAllTextAsync(file.FullName);
        if (text.Contains('\0')) throw new FormatException($"'{file.Name}' is not a notebook: it is not text.");
        return file.Extension.ToLowerInvariant() switch
        {
            ".dib" or ".dotnet-interactive" => CodeSubmission.Parse(text, kernelInfos),
            ".ipynb" => Jupyter.Notebook.Parse(text, kernelInfos),
            var other => throw new NotSupportedException($"'{file.Name}' is not a notebook by its ending: {other}"),
        };
    }

    IEnumerator IEnumerable.GetEnumerator() => Elements.GetEnumerator();
}
