using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Events;

public class ErrorProduced(string message, KernelCommand command, IReadOnlyCollection<FormattedValue>? formattedValues = null)
    : DisplayEvent(null, command, formattedValues ?? [new FormattedValue(PlainTextFormatter.MimeType, message)])
{
    public string Message { get; } = message;
}
