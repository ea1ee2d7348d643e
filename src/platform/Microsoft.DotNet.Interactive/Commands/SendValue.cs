using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Commands;

public class SendValue(string name, object? value, FormattedValue? formattedValue = null, string? targetKernelName = null)
    : KernelCommand(targetKernelName)
{
    public FormattedValue? FormattedValue { get; } = formattedValue;

    public string Name { get; } = name;

    public object? Value { get; } = value;
}
