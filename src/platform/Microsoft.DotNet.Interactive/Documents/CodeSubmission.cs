using System.Text;
using System.Text.Json;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>The .dib format: text in which a line `#!NAME` begins a cell for the kernel of that name.</summary>
public static class CodeSubmission
{
    private const string Meta = "#!meta", Markdown = "markdown", Raw = "raw", CSharp = "csharp";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="content">The text of the file.</param>
    /// <param name="kernelInfos">The kernels that are there, besides those that the file names itself.</param>
    /// <exception cref="FormatException">What follows `#!meta` is not JSON.</exception>
    public static InteractiveDocument Parse(string content, KernelInfoCollection? kernelInfos = null)
    {
        var lines = content.TrimStart('\uFEFF').Replace("\r\n", "\n").Replace('\r', '\n').Split('\n').ToList();
        var document = new InteractiveDocument { KernelsOfReader = kernelInfos };
        var meta = lines.FindIndex(line => line.Trim().Length > 0);
        if (meta >= 0 && lines[meta].Trim() == Meta)
        {
            var end = lines.FindIndex(meta + 1, line => line.StartsWith("#!", StringComparison.Ordinal));
            if (end < 0) end = lines.Count;
            ReadMeta(string.Join('\n', lines[(meta + 1)..end]), document);
            lines.RemoveRange(0, end);
        }

        var kernels = NamesIn(document, kernelInfos);
        var kernel = document.GetDefaultKernelName() is { } name ? kernels.Find(name)?.Name ?? name : CSharp;
        var cell = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("#!", StringComparison.Ordinal) && kernels.Find(line[2..].TrimEnd()) is { } next)
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
            if (WithoutBlankEnds(cell) is { Count: > 0 } kept) document.Add(new InteractiveDocumentElement(string.Join('\n', kept), kernel));
            cell.Clear();
        }
    }

    /// <inheritdoc cref="Parse"/>
    /// <param name="stream">The file; it stays open.</param>
    /// <param name="kernelInfos">The kernels that are there, besides those that the file names itself.</param>
    public static InteractiveDocument Read(Stream stream, KernelInfoCollection kernelInfos)
    {
        using var reader = new StreamReader(stream, Utf8, leaveOpen: true);
        return Parse(reader.ReadToEnd(), kernelInfos);
    }

    private static KernelInfoCollection NamesIn(InteractiveDocument document, KernelInfoCollection? kernelInfos)
    {
        var names = new KernelInfoCollection();
        foreach (var kernels in (KernelInfoCollection?[])[document.GetKernelInfo(), kernelInfos is { Count: > 0 } ? kernelInfos : KernelInfoCollection.Known(), [new(Markdown, "Markdown", ["md"]), new(Raw)]])
            if (kernels is not null) names.AddRange(kernels.Where(kernel => names.All(known => known.Name != kernel.Name)));
        return names;
    }

    private static List<string> WithoutBlankEnds(List<string> lines)
    {
        var first = lines.FindIndex(line => !string.IsNullOrWhiteSpace(line));
        return first < 0 ? [] : lines[first..(lines.FindLastIndex(line => !string.IsNullOrWhiteSpace(line)) + 1)];
    }

    private static void ReadMeta(string json, InteractiveDocument document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, PlainJson.Reading);
            foreach (var (name, value) in PlainJson.ToDictionary(parsed.RootElement)) document.Metadata[name] = value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"What follows {Meta} is not what it should be: {e.Message}", e);
        }
    }
}
