namespace Microsoft.DotNet.Interactive.Formatting;

public class FormattedValue(string mimeType, string value)
{
    public string MimeType { get; } = !string.IsNullOrWhiteSpace(mimeType) ? mimeType : throw new ArgumentException("A MIME type is needed.", nameof(mimeType));

    public string Value { get; } = value;

    public bool SuppressDisplay { get; set; }

    public static FormattedValue CreateSingleFromObject(object? value, string? mimeType = null)
    {
        mimeType ??= value is null ? PlainTextFormatter.MimeType : Formatter.GetPreferredMimeTypesFor(value.GetType()).First();
        return new FormattedValue(mimeType, value!.ToDisplayString(mimeType));
    }

    /// <summary>
    /// The value in each MIME type; in those that its type prefers when none is named, and then always in plain text too,
    /// because not every reader of a notebook shows HTML.
    /// </summary>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes) =>
        // What a cell has displayed is there already: the last line of a cell need not show it again.
        value is DisplayedValue ? [new FormattedValue(PlainTextFormatter.MimeType, value.ToString()!) { SuppressDisplay = true }] :
        [.. (mimeTypes is { Length: > 0 } ? mimeTypes : MimeTypes.Of(value)).Select(mimeType => CreateSingleFromObject(value, mimeType))];
}
