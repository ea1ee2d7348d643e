namespace TorchSharp;

/// <summary>
/// Tells the garbage collector how much native memory hangs on its objects. In lumps: telling it of every small tensor would cost more than the
/// tensor, and what is made and soon disposed again need not be told at all.
/// </summary>
internal static class MemoryPressure
{
    private const long Lump = 256 << 10;

    private static long untold, dropped;

    public static void Made(long bytes)
    {
        if (Interlocked.Add(ref untold, bytes) >= Lump) Tell(ref untold);
    }

    public static void Freed(long bytes)
    {
        if (Interlocked.Add(ref untold, -bytes) <= -Lump) Tell(ref untold);
    }

    /// <summary>
    /// Of a tensor that was finalized, or disposed while a graph goes on holding its memory. Not set off against what is made meanwhile:
    /// the collector has to hear of that, for it becomes garbage in the same way.
    /// </summary>
    public static void Dropped(long bytes)
    {
        if (Interlocked.Add(ref dropped, -bytes) <= -Lump) Tell(ref dropped);
    }

    private static void Tell(ref long sum)
    {
        var bytes = Interlocked.Exchange(ref sum, 0);
        if (bytes > 0) GC.AddMemoryPressure(bytes);
        else if (bytes < 0) GC.RemoveMemoryPressure(-bytes);
    }
}
