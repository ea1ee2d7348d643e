using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Kernel.Outputs;

/// <summary>Formatted values as Jupyter carries them: an object from MIME type to text, or to JSON where the type says so.</summary>
internal static class MimeBundle
{
    public const string PlainText = "text/plain";

    public static JsonObject Of(object? value, IEnumerable<FormattedValue> formattedValues)
    {
        var data = new JsonObject();
        foreach (var formatted in formattedValues.Where(formatted => !formatted.SuppressDisplay)) data[formatted.MimeType] = Content(formatted);

        // Not every reader of a notebook shows HTML. A text that was displayed as another type is that type's source: nothing to read.
        if (data.Count > 0 && !data.ContainsKey(PlainText) && value is not (null or string)) data[PlainText] = Plain(value);
        return data;
    }

    private static JsonNode? Content(FormattedValue formatted)
    {
        if (formatted.MimeType != "application/json" && !formatted.MimeType.EndsWith("+json", StringComparison.Ordinal)) return formatted.Value;
        try
        {
            return JsonNode.Parse(formatted.Value);
        }
        catch (JsonException)
        {
            return formatted.Value;
        }
    }

    private static string Plain(object value)
    {
        try
        {
            return value.ToDisplayString(PlainText);
        }
        catch (Exception)
        {
            // A property that throws while it is shown: the value has its other form.
            return value.GetType().ToString();
        }
    }
}
