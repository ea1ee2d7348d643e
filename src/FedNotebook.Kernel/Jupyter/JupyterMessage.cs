using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>A message of Jupyter's protocol: whom it came from or goes to, its header, what it answers, and its content.</summary>
internal sealed record JupyterMessage(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Metadata, JsonObject Content, IReadOnlyList<byte[]> Buffers)
{
    public string Type => Header["msg_type"]?.GetValue<string>() ?? "";

    public string Session => Header["session"]?.GetValue<string>() ?? "";
}
