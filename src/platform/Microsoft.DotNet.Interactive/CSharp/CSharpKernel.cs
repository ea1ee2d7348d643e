using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.CSharp;

public class CSharpKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    public CSharpKernel()
        : this("csharp")
    {
    }

    public CSharpKernel(string name)
        : base(name, "C#", "14.0")
    {
    }

    public ScriptState? ScriptState { get; private set; }

    public bool TryGetValue<T>(string name, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        value = default;
        return false;
    }

    public Task SetValueAsync(string name, object? value, Type? declaredType) => throw new NotImplementedException();

    public void AddAssemblyReferences(IEnumerable<string> assemblyPaths) => throw new NotImplementedException();

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context) => throw new NotImplementedException();
}
