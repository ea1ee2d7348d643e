namespace TorchSharp;

/// <summary>
/// Tells the garbage collector how much native memory hangs on its objects. In lumps: telling it of every small tensor would cost more than the
/// tensor, and what is made and soon disposed again need not be told at all.
/// </summary>
internal static class MemoryPressure
{
    private const long Lump = 256 << 10;

    [ThreadStatic] private static long untold;
    private static long dropped, waitedAfter;

    public static void Made(long bytes)
    {
        if ((untold += bytes) >= Lump) Tell(ref untold);
    }

    public static void Freed(long bytes)
    {
        if ((untold -= bytes) <= -Lump) Tell(ref untold);
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
        if (bytes < 0) GC.RemoveMemoryPressure(-bytes);
        if (bytes <= 0) return;
        GC.AddMemoryPressure(bytes);
        LetFinalizersKeepUp();
    }

    /// <summary>
    /// On a busy machine the one thread that finalizes falls behind those that make tensors, and what was collected keeps its memory. Once a collection,
    /// a thread that makes tensors waits a moment for it: a millisecond for some thousands.
    /// </summary>
    private static void LetFinalizersKeepUp()
    {
        const int aMillisecond = 2000, most = 20;
        var last = GC.GetGCMemoryInfo();
        if (last.FinalizationPendingCount < aMillisecond || Interlocked.Exchange(ref waitedAfter, last.Index) == last.Index) return;
        Thread.Sleep((int)Math.Min(last.FinalizationPendingCount / aMillisecond, most));
    }
}
