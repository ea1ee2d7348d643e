namespace FedNotebook;

/// <summary>A batch that a client trained on.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Client">The client's name: a worker's id, or "client 17".</param>
/// <param name="Step">The number of the batch among the client's batches of this round, from 1.</param>
/// <param name="Steps">How many batches the client has in this round.</param>
/// <param name="Loss">The loss of the batch, before the step.</param>
public readonly record struct TrainingBatch(int Round, string Client, int Step, int Steps, double Loss);
