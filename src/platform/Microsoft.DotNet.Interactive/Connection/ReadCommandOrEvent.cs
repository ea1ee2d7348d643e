namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Waits for what comes next; null when nothing will come any more.</summary>
public delegate CommandOrEvent ReadCommandOrEvent(CancellationToken cancellationToken = default);
