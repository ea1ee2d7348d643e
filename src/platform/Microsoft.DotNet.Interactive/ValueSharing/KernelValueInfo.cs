using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.ValueSharing;

public class KernelValueInfo(string name, FormattedValue formattedValue, Type? type = null, string? typeName = null)
{
    public string Name { get; } = name;

    public FormattedValue FormattedValue { get; } = formattedValue;

    [System.Text.Json.Serialization.JsonIgnore]
    public Type? Type { get; } = type;

    public string? TypeName { get; set; } = typeName ?? type?.ToDisplayString(PlainTextFormatter.MimeType);

    public IReadOnlyCollection<string> PreferredMimeTypes { get; init; } = type is null ? [] : [.. Formatter.GetPreferredMimeTypesFor(type)];

    public override string ToString() => $"{Name}: {FormattedValue.Value}";
}
