namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>A directive whose handler has no command type of its own: it runs as a part of the submission it stands in.</summary>
internal sealed class DirectiveCommand(KernelCommandInvocation handler, Kernel kernel) : KernelCommand
{
    public override Task InvokeAsync(KernelInvocationContext context)
    {
        context.HandlingKernel = kernel;
        return handler(context.Command, context);
    }
}
