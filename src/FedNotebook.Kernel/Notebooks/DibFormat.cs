using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>Reads .dib by way of .NET Interactive's documents, and writes it: their own writer is not among what both builds have.</summary>
internal static class DibFormat
{
    private const string Polyglot = "polyglot_notebook";

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <exception cref="FormatException">What follows #!meta is not JSON.</exception>
    public static Notebook Parse(string text) => new(CodeSubmission.Parse(text));

    /// <summary>The document without what it has put out. What only an .ipynb can hold (ids, tags, attachments) has no place here.</summary>
    public static string Write(InteractiveDocument document)
    {
        var text = new StringBuilder();
        if (MetaOf(document) is { Count: > 0 } meta) text.Append("#!meta\n\n").Append(JsonSerializer.Serialize(meta, Writing)).Append("\n\n");
        foreach (var cell in document.Elements) text.Append("#!").Append(cell.Language).Append("\n\n").Append(cell.Text).Append("\n\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    // What an .ipynb keeps under a name of its own stands here by itself; what Jupyter says of its kernel stays there.
    private static Dictionary<string, object> MetaOf(InteractiveDocument document)
    {
        var polyglot = document.Metadata.TryGetValue(Polyglot, out var value) ? value as IDictionary<string, object> : null;
        var meta = new Dictionary<string, object>(polyglot ?? new Dictionary<string, object>());
        foreach (var (name, field) in document.Metadata)
            if (name is not (Polyglot or "kernelspec" or "language_info")) meta.TryAdd(name, field);
        return meta;
    }
}
