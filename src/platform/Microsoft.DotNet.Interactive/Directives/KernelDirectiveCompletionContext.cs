using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Directives;

public class KernelDirectiveCompletionContext
{
    public IList<CompletionItem> CompletionItems { get; } = [];
}
