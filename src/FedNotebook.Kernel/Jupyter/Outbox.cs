using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// Messages that wait to be sent, in order. Text of one stream that comes faster than it is sent grows into one message, so that a cell
/// which prints 100,000 lines neither floods the front end nor loses a line.
/// </summary>
internal sealed class Outbox
{
    private const int LongestText = 1 << 20;
    private static readonly byte[] Output = "stream.stdout"u8.ToArray(), Errors = "stream.stderr"u8.ToArray();
    private readonly Lock _lock = new();
    private readonly Queue<Outgoing> _messages = [];
    private Outgoing? _last;

    /// <summary>True when the outbox was empty: then its reader must be woken.</summary>
    public bool Add(Outgoing message)
    {
        lock (_lock)
        {
            _last = message;
            _messages.Enqueue(message);
            return _messages.Count == 1;
        }
    }

    /// <summary>Adds a piece of a stream's text, to the message that waits if that is of the same stream and of the same cell.</summary>
    public bool AddText(string stream, string text, JsonObject parentHeader)
    {
        lock (_lock)
        {
            if (_last is { Text: { } waiting } last && waiting.Length < LongestText
                && last.Identities[0] == Topic(stream) && ReferenceEquals(last.ParentHeader, parentHeader))
            {
                waiting.Append(text);
                return false;
            }

            return Add(new(Channel.Iopub, "stream", new() { ["name"] = stream }, parentHeader, [Topic(stream)]) { Text = new(text) });
        }
    }

    public bool TryTake([NotNullWhen(true)] out Outgoing? message)
    {
        lock (_lock)
        {
            if (!_messages.TryDequeue(out message)) return false;
            if (ReferenceEquals(_last, message)) _last = null;
        }

        if (message.Text is not null) message.Content["text"] = message.Text.ToString();
        return true;
    }

    private static byte[] Topic(string stream) => stream == "stderr" ? Errors : Output;
}
