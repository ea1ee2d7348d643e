using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>A kind of kernel that cells can connect to: a subcommand of `#!connect`.</summary>
public abstract class ConnectKernelDirective<TCommand> : KernelActionDirective
    where TCommand : ConnectKernelCommand
{
    protected KernelDirectiveParameter KernelNameParameter = new("--kernel-name", "The name that the kernel shall have.") { Required = true };

    protected ConnectKernelDirective(string name, string description)
        : base(name, description)
    {
        KernelCommandType = typeof(TCommand);
        Parameters.Add(KernelNameParameter);
    }

    /// <summary>What is said of a kernel once it is connected.</summary>
    public string? ConnectedKernelDescription { get; set; }

    /// <summary>Connects; each kernel that is returned is added to the notebook's.</summary>
    public abstract Task<IEnumerable<Kernel>> ConnectKernelsAsync(TCommand connectCommand, KernelInvocationContext context);
}
