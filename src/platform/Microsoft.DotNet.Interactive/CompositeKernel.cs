using System.Collections;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;

namespace Microsoft.DotNet.Interactive;

public sealed class CompositeKernel : Kernel, IEnumerable<Kernel>
{
    private readonly Dictionary<Type, string> targetsByCommandType = [];

    public CompositeKernel(string? name = null)
        : base(name ?? ".NET") => ChildKernels = new KernelCollection(this);

    public string? DefaultKernelName { get; set; }

    public KernelCollection ChildKernels { get; }

    /// <summary>What opens the kernel to another process; null when nothing does.</summary>
    public KernelHost? Host { get; private set; }

    public void Add(Kernel kernel, IEnumerable<string>? aliases = null)
    {
        if (kernel.ParentKernel is not null) throw new InvalidOperationException($"The kernel '{kernel.Name}' already has a parent.");
        kernel.KernelInfo.AddAliases(aliases ?? []);
        ChildKernels.Add(kernel);
        kernel.ParentKernel = this;
        RegisterForDisposal(kernel);
        if (Host is not null) Address(kernel);
    }

    /// <summary>Adds a kind of kernel that cells can connect to: `#!connect NAME --kernel-name ...`.</summary>
    public void AddConnectDirective<T>(ConnectKernelDirective<T> connectDirective)
        where T : ConnectKernelCommand => ConnectDirectives.Add(this, connectDirective);

    public void SetDefaultTargetKernelNameForCommand(Type commandType, string kernelName) => targetsByCommandType[commandType] = kernelName;

    public IEnumerator<Kernel> GetEnumerator() => ChildKernels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <exception cref="InvalidOperationException">The kernel has a host.</exception>
    internal void SetHost(KernelHost host)
    {
        if (Host is not null) throw new InvalidOperationException("The kernel has a host already.");
        Host = host;
        KernelInfo.Uri = host.Uri;
        foreach (var child in ChildKernels) Address(child);
    }

    private void Address(Kernel kernel) => kernel.KernelInfo.Uri = new Uri($"{Host!.Uri.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(kernel.Name)}");

    internal override Kernel FindTargetOf(KernelCommand command)
    {
        if (command.DestinationUri is { } uri && uri != KernelInfo.Uri)
            return this.FindKernels(k => k.KernelInfo.Uri == uri || k.KernelInfo.RemoteUri == uri).FirstOrDefault() ?? throw new NoSuitableKernelException(command);
        // Whoever names a tree of kernels leaves it to the tree.
        if (command.DestinationUri is null && command.TargetKernelName is { } name && !IsNamed(name))
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
