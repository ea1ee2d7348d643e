namespace FedNotebook.Kernel.Notebooks;

internal enum CellKind
{
    Code,
    Markdown,
    Raw,
}
