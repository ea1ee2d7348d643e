using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

public abstract class KernelCommandCompletionEvent : KernelEvent
{
    internal KernelCommandCompletionEvent(KernelCommand command, int? executionOrder)
        : base(command) => ExecutionOrder = executionOrder;

    public int? ExecutionOrder { get; }
}
