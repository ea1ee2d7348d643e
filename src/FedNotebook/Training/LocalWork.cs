namespace FedNotebook;

/// <summary>How much a client does in a round.</summary>
/// <param name="Epochs">How often it reads its data.</param>
/// <param name="BatchSize">The number of items in a batch; <see cref="int.MaxValue"/> for all that the client has.</param>
/// <param name="Shuffle">Whether each epoch mixes the items anew.</param>
/// <param name="DropLast">Whether the last batch of an epoch is left out when it is smaller than the others.</param>
public sealed record LocalWork(int Epochs, int BatchSize, bool Shuffle, bool DropLast = false);
