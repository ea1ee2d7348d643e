using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.Events;

public class CompletionsProduced(IReadOnlyCollection<CompletionItem> completions, RequestCompletions command, LinePositionSpan? linePositionSpan = null)
    : KernelEvent(command)
{
    /// <summary>The text that a completion replaces; null for the word before the cursor.</summary>
    public LinePositionSpan? LinePositionSpan { get; } = linePositionSpan;

    public IEnumerable<CompletionItem> Completions { get; } = completions;
}
