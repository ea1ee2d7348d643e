using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

public static class Serializer
{
    /// <summary>How commands are read from JSON, and so how the values of a directive become the properties of its command.</summary>
    public static JsonSerializerOptions JsonSerializerOptions { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FileSystemInfoConverter(), new BooleanConverter(), new KernelDirectiveConverter() },
    };

    /// <summary>Reads what came from another process: an event that says what is wrong where it cannot be read.</summary>
    public static CommandOrEvent DeserializeCommandOrEvent(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return DeserializeCommandOrEvent(document.RootElement);
        }
        catch (JsonException e)
        {
            return NotUnderstood(json, e.Message);
        }
    }

    /// <inheritdoc cref="DeserializeCommandOrEvent(string)"/>
    public static CommandOrEvent DeserializeCommandOrEvent(JsonElement jsonObject)
    {
        try
        {
            if (jsonObject.ValueKind == JsonValueKind.Object && jsonObject.TryGetProperty("eventType", out _)) return new(KernelEventEnvelope.Deserialize(jsonObject).Event);
            if (KernelCommandEnvelope.Deserialize(jsonObject) is { } envelope) return new(envelope.Command);
            return NotUnderstood(jsonObject.GetRawText(), "it is neither a command nor an event.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or UriFormatException)
        {
            return NotUnderstood(jsonObject.GetRawText(), e.Message);
        }
    }

    private static CommandOrEvent NotUnderstood(string json, string reason) =>
        new(new ErrorProduced($"What came could not be read: {reason}\n{(json.Length > 1000 ? json[..1000] + "..." : json)}", NoCommand.Instance), isParseError: true);
}
