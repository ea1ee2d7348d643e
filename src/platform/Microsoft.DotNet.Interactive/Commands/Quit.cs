namespace Microsoft.DotNet.Interactive.Commands;

public class Quit : KernelCommand
{
    public override Task InvokeAsync(KernelInvocationContext context) => context.HandlingKernel.RootKernel.QuitAsync();
}
