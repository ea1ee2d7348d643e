using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

public class KernelExtensionLoaded : KernelEvent
{
    public KernelExtensionLoaded(KernelCommand command)
        : base(command)
    {
    }

    public KernelExtensionLoaded(IKernelExtension kernelExtension, KernelCommand command)
        : base(command) => KernelExtension = kernelExtension;

    [JsonIgnore]
    public IKernelExtension? KernelExtension { get; }
}
