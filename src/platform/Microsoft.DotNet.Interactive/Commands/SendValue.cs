using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Commands;

public class SendValue(string name, object? value, FormattedValue? formattedValue = null, string? targetKernelName = null)
    : KernelCommand(targetKernelName)
{
    private FormattedValue? formatted = formattedValue;

    /// <summary>The value as it goes to another process: JSON, where it was not given.</summary>
    public FormattedValue? FormattedValue => formatted ??= Value is null ? null : FormattedValue.CreateSingleFromObject(Value, JsonFormatter.MimeType);

    public string Name { get; } = name;

    [JsonIgnore]
    public object? Value { get; } = value;
}
