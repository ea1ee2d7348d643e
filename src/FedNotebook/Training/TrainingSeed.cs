namespace FedNotebook;

/// <summary>
/// Where a run's random numbers come from: each client of each round has a stream of its own, made of the run's seed alone. So it does
/// not matter who trains first or beside whom, and a run that goes on from a checkpoint needs no generator's state.
/// </summary>
internal static class TrainingSeed
{
    /// <summary>The stream of a purpose in a round.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="round">The round, from 1.</param>
    /// <param name="purpose">The client's number; -1 for the choice of the clients, -2 for the strategy, -3 for the test.</param>
    public static Random Random(int seed, int round, int purpose) => new(Of(seed, round, purpose));

    /// <summary>The seed of a purpose in a round.</summary>
    public static int Of(int seed, int round, int purpose) => (int)(Mix(Mix(Mix((uint)seed) + (uint)round) + (uint)purpose) >> 33);

    /// <summary>Mixes the bits of a number (the finalizer of SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
