using System.Collections;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

public sealed class CompositeKernel : Kernel, IEnumerable<Kernel>
{
    private readonly Dictionary<Type, string> targetsByCommandType = [];

    public CompositeKernel(string? name = null)
        : base(name ?? ".NET") => ChildKernels = new KernelCollection(this);

    public string? DefaultKernelName { get; set; }

    public KernelCollection ChildKernels { get; }

    public void Add(Kernel kernel, IEnumerable<string>? aliases = null)
    {
        if (kernel.ParentKernel is not null) throw new InvalidOperationException($"The kernel '{kernel.Name}' already has a parent.");
        kernel.KernelInfo.AddAliases(aliases ?? []);
        ChildKernels.Add(kernel);
        kernel.ParentKernel = this;
        RegisterForDisposal(kernel);
    }

    public void SetDefaultTargetKernelNameForCommand(Type commandType, string kernelName) => targetsByCommandType[commandType] = kernelName;

    public IEnumerator<Kernel> GetEnumerator() => ChildKernels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override Kernel FindTargetOf(KernelCommand command)
    {
        if (command.TargetKernelName is { } name)
            return this.FindKernelByName(name) ?? throw new NoSuitableKernelException(command);
        if (HandlesItself(command)) return this;
        return DefaultTargetOf(command.GetType()) ?? throw new NoSuitableKernelException(command);
    }

    /// <summary>The kernel for a command that names none.</summary>
    internal Kernel? DefaultTargetOf(Type commandType) =>
        (targetsByCommandType.GetValueOrDefault(commandType) ?? DefaultKernelName) is { } name ? this.FindKernelByName(name)
        : ChildKernels.Count == 1 ? ChildKernels.First()
        : null;
}
