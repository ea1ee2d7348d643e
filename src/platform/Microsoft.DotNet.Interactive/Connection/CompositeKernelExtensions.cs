namespace Microsoft.DotNet.Interactive.Connection;

public static class CompositeKernelExtensions
{
    /// <summary>Opens a kernel to another process, once the host connects.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="sender">Tells the other process what happens here.</param>
    /// <param name="receiver">Hears what the other process wants.</param>
    /// <param name="hostUri">The address of this process; the kernels' addresses begin with it.</param>
    public static KernelHost UseHost(this CompositeKernel kernel, IKernelCommandAndEventSender sender, IKernelCommandAndEventReceiver receiver, Uri hostUri) => new(kernel, sender, receiver, hostUri);
}
