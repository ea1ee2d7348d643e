namespace FedNotebook;

/// <summary>
/// What PySyft's notebooks begin with. There it changed PyTorch; TorchSharp needs no change, so it only says who "me" is.
/// </summary>
public sealed class TorchHook
{
    internal TorchHook()
    {
    }

    /// <summary>The worker called "me": whoever writes the notebook.</summary>
    public BaseWorker local_worker => WorkerRegistry.Me;
}
