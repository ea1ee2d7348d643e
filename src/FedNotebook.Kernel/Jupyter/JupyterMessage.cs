using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>A message of Jupyter's protocol: whom it came from or goes to, its header, what it answers, and its content.</summary>
internal sealed record JupyterMessage(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Metadata, JsonObject Content,
    IReadOnlyList<byte[]> Buffers)
{
    public string Type => Header["msg_type"]?.GetValue<string>() ?? "";

    /// <summary>A field of the content; null when it is not there or no text.</summary>
    public string? Text(string field) => Content[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public bool Flag(string field, bool absent) => Content[field] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : absent;

    public int? Number(string field) => Content[field] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
