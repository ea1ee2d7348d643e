using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Commands;

public class DisplayValue(FormattedValue formattedValue, string? valueId = null) : KernelCommand
{
    public FormattedValue FormattedValue { get; } = formattedValue;

    public string? ValueId { get; } = valueId;

    public override Task InvokeAsync(KernelInvocationContext context)
    {
        context.Publish(new DisplayedValueProduced(null, this, [FormattedValue], ValueId));
        return Task.CompletedTask;
    }
}
