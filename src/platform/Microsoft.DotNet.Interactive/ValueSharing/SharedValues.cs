using System.Text.Json;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.ValueSharing;

internal static class SharedValues
{
    /// <summary>A plain value where the JSON is one, else the document.</summary>
    public static object? FromJson(string json)
    {
        var element = JsonDocument.Parse(json).RootElement;
        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
            JsonValueKind.Number when element.TryGetInt32(out var i) => i,
            JsonValueKind.Number when element.TryGetInt64(out var l) => l,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.Null => null,
            _ => JsonDocument.Parse(json),
        };
    }

    /// <summary>Why a value could not be had.</summary>
    public static string Describe(CommandFailed failure) => failure.Exception switch
    {
        NoSuitableKernelException or CommandNotSupportedException => failure.Exception.Message,
        JsonException or NotSupportedException => $"The value cannot be written as JSON: {failure.Exception.Message}",
        _ => failure.Message,
    };

    public static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
