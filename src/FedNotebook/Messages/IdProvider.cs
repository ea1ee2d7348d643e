namespace FedNotebook;

/// <summary>
/// Gives out ids that look as PySyft's do: up to eleven digits, in no visible order. They come from a linear congruential
/// generator of full period (Hull and Dobell, 1962), so none comes twice in a process; where it starts is random.
/// </summary>
internal static class IdProvider
{
    private const long Modulus = 100_000_000_000;
    private const long Multiplier = 3_141_592_621; // less one: divisible by 4 and 5, as full period asks
    private const long Increment = 2_718_281_829; // shares no factor with 10

    private static long last = Random.Shared.NextInt64(Modulus);

    /// <summary>A fresh id.</summary>
    public static long Next()
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = (long)(((UInt128)before * Multiplier + Increment) % Modulus);
            if (Interlocked.CompareExchange(ref last, next, before) == before && next != 0) return next;
        }
    }
}
