using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedNotebook.Magic;

/// <summary>The value of a parameter: a text, also where it comes as a number, from <c>@name</c> for instance.</summary>
internal sealed class Word : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Text(ref reader);

    public override void Write(Utf8JsonWriter writer, string word, JsonSerializerOptions options) => writer.WriteStringValue(word);

    internal static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("This is neither a text nor a number."),
    };
}
