using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedNotebook.Magic;

/// <summary>The values of a parameter that may be repeated: a directive binds one value as a text, and several as an array.</summary>
internal sealed class Words : JsonConverter<string[]>
{
    public override string[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return [Word.Text(ref reader)];
        var words = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) words.Add(Word.Text(ref reader));
        return [.. words];
    }

    public override void Write(Utf8JsonWriter writer, string[] words, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var word in words) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }
}
