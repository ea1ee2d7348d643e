namespace FedNotebook;

/// <summary>
/// Disposes every pointer that was made on its thread while it was open, unless it was kept: what was computed on the way leaves nothing
/// behind. Scopes nest. As TorchSharp's dispose scopes, a scope does not follow an <c>await</c> to another thread.
/// </summary>
public sealed class PointerScope : IDisposable
{
    [ThreadStatic]
    private static PointerScope? innermost;

    private readonly PointerScope? outer;
    private readonly List<ObjectPointer> pointers = [];

    internal PointerScope()
    {
        outer = innermost;
        innermost = this;
    }

    /// <summary>Takes a pointer out of this scope: it lives on, in the scope around this one if there is one.</summary>
    /// <returns>The pointer itself.</returns>
    public T keep<T>(T pointer) where T : ObjectPointer
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (pointers.Remove(pointer)) outer?.pointers.Add(pointer);
        return pointer;
    }

    /// <summary>Disposes the pointers, the last made first.</summary>
    public void Dispose()
    {
        if (innermost == this) innermost = outer;
        for (var i = pointers.Count - 1; i >= 0; i--) pointers[i].Dispose();
        pointers.Clear();
    }

    internal static void Register(ObjectPointer pointer) => innermost?.pointers.Add(pointer);
}
