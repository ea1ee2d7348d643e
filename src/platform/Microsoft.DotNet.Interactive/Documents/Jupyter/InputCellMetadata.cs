namespace Microsoft.DotNet.Interactive.Documents.Jupyter;

/// <summary>What the metadata of a cell say of its kernel.</summary>
/// <param name="kernelName">The kernel, as `polyglot_notebook.kernelName`.</param>
/// <param name="language">The kernel under its older name, `dotnet_interactive.language`.</param>
public class InputCellMetadata(string? kernelName = null, string? language = null)
{
    public string? KernelName { get; } = kernelName;

    public string? Language { get; } = language;

    internal static InputCellMetadata Of(IDictionary<string, object>? metadata) => new(Text("polyglot_notebook", "kernelName", metadata), Text("dotnet_interactive", "language", metadata));

    /// <summary>Writes down a cell's kernel.</summary>
    internal static void Set(IDictionary<string, object> metadata, string kernelName)
    {
        foreach (var (group, name) in (ReadOnlySpan<(string, string)>)[("dotnet_interactive", "language"), ("polyglot_notebook", "kernelName")])
            metadata[group] = new Dictionary<string, object>(InteractiveDocument.In(metadata, group) ?? new Dictionary<string, object>()) { [name] = kernelName };
    }

    private static string? Text(string group, string name, IDictionary<string, object>? metadata) =>
        InteractiveDocument.In(metadata, group) is { } values && values.TryGetValue(name, out var value) ? value as string : null;
}
