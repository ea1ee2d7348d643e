namespace FedNotebook;

/// <summary>The door to it all, with PySyft's names.</summary>
public static class sy
{
    /// <summary>The worker called "me": whoever writes the notebook. It owns the pointers.</summary>
    public static VirtualWorker local_worker => WorkerRegistry.Me;

    /// <summary>What PySyft's notebooks begin with: <c>var hook = sy.TorchHook();</c>.</summary>
    public static TorchHook TorchHook() => new();

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(string id) => WorkerRegistry.GetOrAdd(id, name => new VirtualWorker(name));

    /// <summary>The worker of that name in this process; made at the first call, the same at every later one.</summary>
    /// <param name="hook">What <see cref="TorchHook"/> gave; it is not needed.</param>
    /// <param name="id">The worker's name.</param>
    /// <exception cref="WorkerTypeException">The name belongs to a worker of another type.</exception>
    public static VirtualWorker VirtualWorker(TorchHook hook, string id) => VirtualWorker(id);
}
