using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents.Jupyter;

/// <summary>The .ipynb format: nbformat 4 is read, 4.5 is written. What is not known here is kept.</summary>
public static class Notebook
{
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="json">The text of the file.</param>
    /// <param name="kernelInfos">The kernels that are there: cells that name one by an alias get its name.</param>
    /// <exception cref="FormatException">The text is not a notebook.</exception>
    public static InteractiveDocument Parse(string json, KernelInfoCollection? kernelInfos = null)
    {
        if (string.IsNullOrWhiteSpace(json)) throw new FormatException("This file is empty, and so not a notebook.");
        try
        {
            using var parsed = JsonDocument.Parse(json.TrimStart('\uFEFF'), PlainJson.Reading);
            return NotebookReader.Read(parsed.RootElement, kernelInfos);
        }
        catch (JsonException e) when (e.LineNumber is { } line)
        {
            throw new FormatException($"This is not JSON, and so not a Jupyter notebook: the mistake is in line {line + 1}.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("This notebook is broken: one of its texts has half a character, of those that take two.", e);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new FormatException($"This notebook is broken: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Parse"/>
    /// <param name="stream">The file; it stays open.</param>
    /// <param name="kernelInfos">The kernels that are there.</param>
    public static InteractiveDocument Read(Stream stream, KernelInfoCollection kernelInfos)
    {
        using var reader = new StreamReader(stream, Utf8, leaveOpen: true);
        return Parse(reader.ReadToEnd(), kernelInfos);
    }

    /// <param name="document">The document.</param>
    /// <param name="defaultLanguage">The language by which Jupyter shall know the notebook, as `C#`; null keeps what the document says, and says C# where it says nothing.</param>
    public static string ToJupyterJson(this InteractiveDocument document, string? defaultLanguage = null) =>
        NotebookWriter.Write(document, defaultLanguage).ToJsonString(Writing) + "\n";

    /// <summary>Writes the document in UTF-8, with the kernels that its cells are for.</summary>
    /// <param name="document">The document.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="kernelInfos">The kernels; the document's own list comes first.</param>
    public static void Write(InteractiveDocument document, Stream stream, KernelInfoCollection kernelInfos)
    {
        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
        writer.Write(document.With(kernelInfos).ToJupyterJson());
    }
}
