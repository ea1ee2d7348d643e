using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// A tensor's reference to libtorch's, and what the garbage collector was told of it. The finalizer is here and not in the tensor: an object that has one
/// takes several times as long to make, and the handle of a tensor that was disposed serves the thread's next one.
/// </summary>
internal sealed class TensorHandle
{
    // Many small tensors weigh something as well: what libtorch keeps for each, beside its numbers.
    private const long Overhead = 512;

    private const int MostSpare = 256;

    private static long live, peak;

    [ThreadStatic] private static Stack<TensorHandle>? spare;

    private nint native;
    private long pressure;

    private TensorHandle()
    {
    }

    ~TensorHandle()
    {
        if (native == 0) return;
        Shim.fed_release(native);
        MemoryPressure.Dropped(pressure);
        Interlocked.Decrement(ref live);
    }

    /// <summary>How many tensors there are, of all threads.</summary>
    public static long Live => Interlocked.Read(ref live);

    /// <summary>How many there were at most.</summary>
    public static long Peak => Interlocked.Read(ref peak);

    public nint Native => native;

    /// <summary>Takes over one reference; <paramref name="weight"/> is the KiB that the tensor alone owns.</summary>
    public static TensorHandle Of(nint native, uint weight)
    {
        var handle = spare is { } spares && spares.TryPop(out var used) ? used : new();
        handle.native = native;
        handle.pressure = Overhead + ((long)weight << 10);
        MemoryPressure.Made(handle.pressure);
        var count = Interlocked.Increment(ref live);
        if (count > peak) peak = count;
        return handle;
    }

    /// <summary>Gives the reference back to libtorch.</summary>
    public void Release()
    {
        if (Shim.fed_release(native) != 0) MemoryPressure.Freed(pressure);
        else MemoryPressure.Dropped(pressure);
        Retire();
    }

    /// <summary>Gives the reference to the caller.</summary>
    public nint Leave()
    {
        var left = native;
        MemoryPressure.Dropped(pressure);
        Retire();
        return left;
    }

    private void Retire()
    {
        native = 0;
        Interlocked.Decrement(ref live);
        var spares = spare ??= new(MostSpare);
        if (spares.Count < MostSpare) spares.Push(this);
        else GC.SuppressFinalize(this);
    }
}
