namespace Microsoft.DotNet.Interactive.Commands;

public class RequestDiagnostics(string code, string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public string Code { get; } = code;
}
