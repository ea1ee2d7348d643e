using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Commands;

public class DisplayError : KernelCommand
{
    public DisplayError(string message)
    {
        Message = message;
        Handler = (_, context) =>
        {
            context.Publish(new ErrorProduced(Message, this));
            return Task.CompletedTask;
        };
    }

    public string Message { get; }
}
