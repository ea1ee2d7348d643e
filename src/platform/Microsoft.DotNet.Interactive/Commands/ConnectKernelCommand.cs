using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Asks for a kernel that is elsewhere: the base of the commands of `#!connect`.</summary>
public abstract class ConnectKernelCommand : KernelDirectiveCommand
{
    /// <param name="connectedKernelName">The name that the kernel shall have here.</param>
    protected ConnectKernelCommand(string connectedKernelName) => ConnectedKernelName = connectedKernelName;

    [JsonPropertyName("kernelName")]
    public string ConnectedKernelName { get; }

    public override IEnumerable<string> GetValidationErrors(CompositeKernel kernel)
    {
        if (kernel.FindKernelByName(ConnectedKernelName) is not null) yield return $"There already is a kernel named '{ConnectedKernelName}': choose another name.";
    }
}
