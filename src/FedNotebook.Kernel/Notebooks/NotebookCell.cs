using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Notebooks;

/// <summary>A cell of a notebook, and what it has put out.</summary>
/// <param name="fields">All that the file said of the cell (id, metadata, attachments...): it is written back as it was.</param>
internal sealed class NotebookCell(CellKind kind, string kernelName, string source, JsonObject fields)
{
    public CellKind Kind { get; } = kind;

    /// <summary>The language of a code cell, as a kernel's name or alias.</summary>
    public string KernelName { get; } = kernelName;

    /// <summary>Its text, with the ends of lines that the file has.</summary>
    public string Source { get; } = source;

    /// <summary>Its text as it runs and is shown.</summary>
    public string Text { get; } = source.ReplaceLineEndings("\n");

    public JsonObject Fields { get; } = fields;

    /// <summary>Outputs as nbformat describes them.</summary>
    public List<JsonObject> Outputs { get; } = [];

    /// <summary>The cell's number in the order of execution; null when it did not run.</summary>
    public int? ExecutionCount { get; set; }
}
