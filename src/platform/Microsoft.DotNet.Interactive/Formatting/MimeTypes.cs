namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The MIME types in which a value is shown when nobody names one.</summary>
internal static class MimeTypes
{
    public static IEnumerable<string> Of(object? value)
    {
        if (value is null || IsPlain(value.GetType())) return [PlainTextFormatter.MimeType];
        return Formatter.GetPreferredMimeTypesFor(value.GetType()).Append(PlainTextFormatter.MimeType).Distinct();
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Half)
        || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(System.Numerics.BigInteger);
}
