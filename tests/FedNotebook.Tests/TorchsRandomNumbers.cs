namespace FedNotebook.Tests;

/// <summary>What depends on torch's own random numbers, of which the process has one stream: no other test may run beside these.</summary>
[CollectionDefinition(nameof(TorchsRandomNumbers), DisableParallelization = true)]
public static class TorchsRandomNumbers;
