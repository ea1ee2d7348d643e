namespace FedNotebook.Plots;

/// <summary>The end of a round: its number from 1, the batches before it, and the accuracy (0 to 1) that was measured then.</summary>
internal readonly record struct RoundMark(int Number, int Batch, double? Accuracy);
