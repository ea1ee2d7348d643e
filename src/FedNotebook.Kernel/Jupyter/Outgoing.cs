using System.Text;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Channel">Where it goes.</param>
/// <param name="Type">The type of the message.</param>
/// <param name="Content">Its content, as JSON in UTF-8: who sends may change the object afterwards.</param>
/// <param name="ParentHeader">The header of the request that it answers or was caused by.</param>
/// <param name="Identities">Whom it goes to; on iopub, the topic.</param>
internal sealed record Outgoing(Channel Channel, string Type, byte[] Content, JsonObject ParentHeader, IReadOnlyList<byte[]> Identities);
