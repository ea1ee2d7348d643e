using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// Messages to frames and back: identities, a delimiter, the signature of the next four, header, parent header, metadata, content, then buffers.
/// An empty key means that nothing is signed.
/// </summary>
internal sealed class WireFormat(string key)
{
    private const int JsonFrames = 4;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray(), Empty = "{}"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1000 };
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    public IReadOnlyList<byte[]> ToFrames(JupyterMessage message) =>
        ToFrames(message.Identities, [ToBytes(message.Header), ToBytes(message.ParentHeader), ToBytes(message.Metadata), ToBytes(message.Content)], message.Buffers);

    /// <summary>The frames of a message of this kernel, with a header of its own.</summary>
    public IReadOnlyList<byte[]> ToFrames(Outgoing message, string session)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = message.Type,
            ["version"] = Protocol.Version,
        };
        return ToFrames(message.Identities, [ToBytes(header), ToBytes(message.ParentHeader), Empty, message.Content], []);
    }

    public static byte[] ToBytes(JsonObject part) => JsonSerializer.SerializeToUtf8Bytes(part, Json);

    private List<byte[]> ToFrames(IReadOnlyList<byte[]> identities, byte[][] json, IReadOnlyList<byte[]> buffers) =>
        [.. identities, Delimiter, Encoding.ASCII.GetBytes(Sign(json)), .. json, .. buffers];

    /// <summary>Reads a message; what is wrong with it is told in <paramref name="problem"/>, so that a caller can log it and go on.</summary>
    public JupyterMessage? FromFrames(IReadOnlyList<byte[]> frames, out string? problem)
    {
        var delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter)) delimiter++;
        if (frames.Count < delimiter + 2 + JsonFrames)
        {
            problem = delimiter == frames.Count ? "a message without a delimiter" : "a message with too few frames";
            return null;
        }

        byte[][] json = [.. frames.Skip(delimiter + 2).Take(JsonFrames)];
        if (_key.Length > 0 && !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(json)), frames[delimiter + 1]))
        {
            problem = "a message with a wrong signature";
            return null;
        }

        try
        {
            JsonObject[] parts = [.. json.Select(ToObject)];
            byte[][] buffers = [.. frames.Skip(delimiter + 2 + JsonFrames)];
            var message = new JupyterMessage([.. frames.Take(delimiter)], parts[0], parts[1], parts[2], parts[3], buffers);
            problem = message.Type.Length == 0 ? "a message without a type" : null;
            return problem is null ? message : null;
        }
        // ArgumentException: a key that occurs twice. InvalidOperationException: a type that is no string.
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            problem = $"a message that is not JSON as agreed: {exception.Message}";
            return null;
        }
    }

    private string Sign(byte[][] json)
    {
        if (_key.Length == 0) return "";
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var frame in json) hash.AppendData(frame);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonObject ToObject(byte[] frame)
    {
        var part = JsonNode.Parse(frame, documentOptions: Reading) as JsonObject ?? throw new FormatException("not a JSON object");
        _ = part.Count; // Makes a key that occurs twice show itself here.
        return part;
    }
}
