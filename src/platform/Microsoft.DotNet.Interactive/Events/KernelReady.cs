using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

/// <summary>A process with kernels listens now.</summary>
public class KernelReady(KernelInfo[] kernelInfos) : KernelEvent(NoCommand.Instance)
{
    public KernelInfo[] KernelInfos { get; } = kernelInfos;
}
