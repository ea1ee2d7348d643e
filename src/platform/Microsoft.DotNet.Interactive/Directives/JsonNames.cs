namespace Microsoft.DotNet.Interactive.Directives;

internal static class JsonNames
{
    /// <summary>`--user-name` is the property `userName`.</summary>
    public static string FromParameterName(string name)
    {
        var words = name.TrimStart('-').Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
