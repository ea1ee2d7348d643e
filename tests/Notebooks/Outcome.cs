namespace FedNotebook.Notebooks;

/// <summary>How a process ended and what it printed.</summary>
internal sealed record Outcome(int Status, string Output, string Error);
