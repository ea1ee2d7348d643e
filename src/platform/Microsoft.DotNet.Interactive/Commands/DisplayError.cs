using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Commands;

public class DisplayError(string message) : KernelCommand
{
    public string Message { get; } = message;

    // The real one takes a handler; here the command needs nobody.
    public override Task InvokeAsync(KernelInvocationContext context)
    {
        context.Publish(new ErrorProduced(Message, this));
        return Task.CompletedTask;
    }
}
