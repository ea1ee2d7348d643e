namespace Microsoft.DotNet.Interactive.Commands;

public class Cancel(string? targetKernelName = null) : KernelCommand(targetKernelName)
{
    public override Task InvokeAsync(KernelInvocationContext context)
    {
        context.HandlingKernel.Scheduler.CancelCurrentOperation();
        return Task.CompletedTask;
    }
}
