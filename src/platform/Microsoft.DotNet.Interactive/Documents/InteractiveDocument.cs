using System.Collections;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>A notebook: cells in order.</summary>
public class InteractiveDocument : IEnumerable
{
    /// <summary>Under which name the metadata list the kernels; in an .ipynb file, inside of <see cref="Polyglot"/>.</summary>
    internal const string KernelInfoName = "kernelInfo", Polyglot = "polyglot_notebook";

    public InteractiveDocument(IList<InteractiveDocumentElement>? elements = null) => Elements = elements ?? new List<InteractiveDocumentElement>();

    public IList<InteractiveDocumentElement> Elements { get; }

    public IDictionary<string, object> Metadata { get; } = new Dictionary<string, object>();

    /// <summary>What else the file said of the whole: it is written back as it was.</summary>
    internal JsonObject? Fields { get; init; }

    /// <summary>The kernels that whoever read the document had.</summary>
    internal KernelInfoCollection? KernelsOfReader { get; init; }

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

    /// <summary>The kernel for cells that name none; null when neither the document nor its reader says it.</summary>
    public string? GetDefaultKernelName() => GetKernelInfo()?.DefaultKernelName ?? LanguageForJupyter;

    /// <summary>The kernels that the document lists, or else those of whoever read it; null when there are none.</summary>
    public KernelInfoCollection? GetKernelInfo()
    {
        if ((Metadata.TryGetValue(KernelInfoName, out var listed) || (In(Metadata, Polyglot) is { } polyglot && polyglot.TryGetValue(KernelInfoName, out listed))) && listed is not null)
            return listed switch
            {
                KernelInfoCollection kernels => kernels,
                IDictionary<string, object> values => KernelInfoCollection.Read(values),
                _ => null,
            };
        if (KernelsOfReader is { DefaultKernelName: not null } or { Count: > 0 }) return KernelsOfReader;
        return LanguageForJupyter is { } name ? new KernelInfoCollection { DefaultKernelName = name } : null;
    }

    /// <summary>The kernel of the language by which Jupyter, or an older .NET Interactive, knows the notebook.</summary>
    private string? LanguageForJupyter =>
        (Text("dotnet_interactive", "language") ?? Text("kernelspec", "language") ?? Text("language_info", "name") ?? Text("kernelspec", "name")) is { } name
            ? KernelInfoCollection.Known().Find(name)?.Name ?? name
            : null;

    private string? Text(string group, string name) => In(Metadata, group) is { } values && values.TryGetValue(name, out var value) ? value as string : null;

    /// <summary>The notebooks that lines with `#!import` name.</summary>
    /// <param name="parseDirective">Reads such a line: <see cref="Parsing.SubmissionParser.ParseDirectiveLine"/>.</param>
    /// <param name="recursive">Whether those that they import count too; each comes once.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public IAsyncEnumerable<InteractiveDocument> GetImportsAsync(Func<string, DirectiveParseResult> parseDirective, bool recursive = false) =>
        GetImportsAsync(parseDirective, recursive, []);

    /// <summary>The values that the notebook asks for, each once.</summary>
    /// <param name="parseDirectiveLine">Reads a line that begins with `#!`: <see cref="Parsing.SubmissionParser.ParseDirectiveLine"/>.</param>
    public IEnumerable<InputField> GetInputFields(Func<string, DirectiveParseResult> parseDirectiveLine) =>
        [.. DirectiveLines().SelectMany(line => parseDirectiveLine(line).InputFields).Distinct()];

    IEnumerator IEnumerable.GetEnumerator() => Elements.GetEnumerator();

    /// <summary>The dictionary under a name; null when there is none.</summary>
    internal static IDictionary<string, object>? In(IDictionary<string, object>? values, string name) =>
        values is not null && values.TryGetValue(name, out var value) ? value as IDictionary<string, object> : null;

    private async IAsyncEnumerable<InteractiveDocument> GetImportsAsync(Func<string, DirectiveParseResult> parseDirective, bool recursive, HashSet<string> seen)
    {
        foreach (var line in DirectiveLines())
        {
            if (parseDirective(line) is not { CommandName: Import.DirectiveName, Errors.Count: 0 } parsed || !parsed.Parameters.TryGetValue(Import.FileParameter, out var path)) continue;
            var file = new FileInfo(path);
            if (!file.Exists) throw new FileNotFoundException($"There is no file '{path}'.", path);
            if (!seen.Add(file.FullName) || Import.IsCode(file)) continue;
            var imported = await LoadAsync(file, GetKernelInfo());
            yield return imported;
            if (!recursive) continue;
            await foreach (var further in imported.GetImportsAsync(parseDirective, recursive, seen)) yield return further;
        }
    }

    private IEnumerable<string> DirectiveLines() => Elements
        .Where(element => element.KernelName is not ("markdown" or "raw"))
        .SelectMany(element => element.Contents.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith("#!", StringComparison.Ordinal)));
}
