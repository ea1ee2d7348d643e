using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.DotNet.Interactive.Documents;

/// <summary>JSON as plain objects: text, numbers, booleans, null, lists, and dictionaries by name.</summary>
internal static class PlainJson
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000, AllowDuplicateProperties = false };

    public static object? ToObject(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => json.EnumerateArray().Select(ToObject).ToList(),
        _ => ToDictionary(json),
    };

    public static Dictionary<string, object> ToDictionary(JsonElement json)
    {
        var values = new Dictionary<string, object>();
        foreach (var property in json.EnumerateObject())
            values[property.Name] = ToObject(property.Value)!;
        return values;
    }

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonNode.Parse(element.GetRawText(), documentOptions: Reading),
        string text => JsonValue.Create(text),
        KernelInfoCollection kernels => kernels.ToJson(),
        IDictionary<string, object> values => ToNode(values),
        IDictionary values => new JsonObject(values.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", ToNode(values[key])))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToNode)]),
        _ => JsonSerializer.SerializeToNode(value, Connection.Serializer.JsonSerializerOptions),
    };

    public static JsonObject ToNode(IEnumerable<KeyValuePair<string, object>> values) => new(values.Select(value => KeyValuePair.Create(value.Key, ToNode(value.Value))));

    // A number that .NET would write otherwise than it was read stays as it is.
    private static object Number(JsonElement json)
    {
        var text = json.GetRawText();
        if (json.TryGetInt32(out var small) && small.ToString(CultureInfo.InvariantCulture) == text) return small;
        if (json.TryGetInt64(out var large) && large.ToString(CultureInfo.InvariantCulture) == text) return large;
        return json.TryGetDouble(out var number) && number.ToString("R", CultureInfo.InvariantCulture) == text ? number : json.Clone();
    }
}
