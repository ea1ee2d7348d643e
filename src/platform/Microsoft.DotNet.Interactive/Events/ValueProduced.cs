using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

public class ValueProduced(object? value, string name, FormattedValue formattedValue, RequestValue command) : KernelEvent(command)
{
    [JsonIgnore]
    public object? Value { get; } = value;

    public string Name { get; } = name;

    public FormattedValue FormattedValue { get; } = formattedValue;
}
