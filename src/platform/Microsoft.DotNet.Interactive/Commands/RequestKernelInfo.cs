using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Commands;

[method: JsonConstructor]
public class RequestKernelInfo(string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public RequestKernelInfo(Uri destinationUri)
        : this() => DestinationUri = destinationUri;
}
