namespace TorchSharp;

/// <summary>
/// Tells the garbage collector how much native memory hangs on its objects. In lumps: telling it of every small tensor would cost more than the
/// tensor, and what is made and soon disposed again need not be told at all.
/// </summary>
internal static class MemoryPressure
{
    private const long Lump = 256 << 10;

    private static long untold, finalized;

    public static void Made(long bytes)
    {
        if (Interlocked.Add(ref untold, bytes) >= Lump) Tell(ref untold);
    }

    public static void Disposed(long bytes)
    {
        if (Interlocked.Add(ref untold, -bytes) <= -Lump) Tell(ref untold);
    }

    /// <summary>Not set off against what is made meanwhile: that is garbage too before long.</summary>
    public static void Finalized(long bytes)
    {
        if (Interlocked.Add(ref finalized, -bytes) <= -Lump) Tell(ref finalized);
    }

    private static void Tell(ref long sum)
    {
        var bytes = Interlocked.Exchange(ref sum, 0);
        if (bytes > 0) GC.AddMemoryPressure(bytes);
        else if (bytes < 0) GC.RemoveMemoryPressure(-bytes);
    }
}
