using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

public delegate Task KernelCommandInvocation(KernelCommand command, KernelInvocationContext context);
