namespace FedNotebook.Kernel.Jupyter;

/// <summary>The channels that carry messages; the heartbeat carries none.</summary>
internal enum Channel
{
    Shell,
    Control,
    Stdin,
    Iopub,
}
