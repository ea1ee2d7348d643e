namespace Microsoft.DotNet.Interactive.Commands;

public abstract class KernelDirectiveCommand : KernelCommand
{
    /// <summary>What is wrong with the values that a directive was given: a sentence each; none when the command can run.</summary>
    public virtual IEnumerable<string> GetValidationErrors(CompositeKernel kernel) => [];
}
