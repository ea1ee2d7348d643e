namespace FedNotebook.Plots;

/// <summary>The loss of a batch; batches count from 1.</summary>
internal readonly record struct LossPoint(int Batch, double Loss);
