namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>A cell that ran.</summary>
/// <param name="Session">The number of the session, from 1.</param>
/// <param name="Line">The cell's number in it.</param>
/// <param name="Input">Its code.</param>
/// <param name="Output">Its result as plain text; null when it has none.</param>
internal sealed record HistoryEntry(int Session, int Line, string Input, string? Output);
