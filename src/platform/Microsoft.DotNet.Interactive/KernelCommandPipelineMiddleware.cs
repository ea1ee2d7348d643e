using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive;

public delegate Task KernelCommandPipelineMiddleware(KernelCommand command, KernelInvocationContext context, KernelPipelineContinuation next);
