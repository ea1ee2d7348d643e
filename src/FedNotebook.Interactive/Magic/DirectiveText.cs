using System.Text.Encodings.Web;
using System.Text.Json;

namespace FedNotebook.Magic;

/// <summary>How a value is written in the line of a magic command.</summary>
internal static class DirectiveText
{
    private static readonly JsonSerializerOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value itself, in quotes where it would be read as something else.</summary>
    internal static string Of(string value) =>
        value.Length > 0 && value[0] is not ('-' or '@' or '{' or '[' or '"') && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? value
            : JsonSerializer.Serialize(value, readable);
}
