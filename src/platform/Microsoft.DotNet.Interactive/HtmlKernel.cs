using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Shows HTML.</summary>
public class HtmlKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    public const string DefaultKernelName = "html";

    public HtmlKernel()
        : base(DefaultKernelName, "HTML", "5") => KernelInfo.DisplayName = "HTML";

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new DisplayedValueProduced(command.Code, command, [new FormattedValue(HtmlFormatter.MimeType, command.Code)]));
        return Task.CompletedTask;
    }
}
