using System.Reflection;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

/// <summary>Finds the commands that a kernel handles by the interfaces that it implements.</summary>
internal static class HandlerDiscovery
{
    private static readonly MethodInfo Register = typeof(HandlerDiscovery).GetMethod(nameof(RegisterHandler), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void RegisterHandlersOf(Kernel kernel)
    {
        foreach (var contract in kernel.GetType().GetInterfaces())
            if (contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IKernelCommandHandler<>))
                Register.MakeGenericMethod(contract.GetGenericArguments()).Invoke(null, [kernel]);
    }

    private static void RegisterHandler<TCommand>(Kernel kernel)
        where TCommand : KernelCommand => kernel.RegisterCommandHandler<TCommand>(((IKernelCommandHandler<TCommand>)kernel).HandleAsync);
}
