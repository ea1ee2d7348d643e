using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Kernel.Magics;

/// <summary>Shows text that is written in Markdown: <c>#!markdown</c>.</summary>
internal sealed class MarkdownKernel() : Microsoft.DotNet.Interactive.Kernel("markdown", "Markdown", ""), IKernelCommandHandler<SubmitCode>
{
    public Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new DisplayedValueProduced(command.Code, command,
            [new FormattedValue("text/markdown", command.Code), new FormattedValue(PlainTextFormatter.MimeType, command.Code)]));
        return Task.CompletedTask;
    }
}
