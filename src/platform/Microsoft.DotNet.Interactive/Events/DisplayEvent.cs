using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

public abstract class DisplayEvent : KernelEvent
{
    protected DisplayEvent(object? value, KernelCommand command, IReadOnlyCollection<FormattedValue>? formattedValues = null, string? valueId = null)
        : base(command)
    {
        Value = value;
        FormattedValues = formattedValues ?? [];
        ValueId = valueId;
    }

    [JsonIgnore]
    public object? Value { get; }

    public IReadOnlyCollection<FormattedValue> FormattedValues { get; }

    /// <summary>What ties an update to the output it replaces.</summary>
    public string? ValueId { get; }
}
