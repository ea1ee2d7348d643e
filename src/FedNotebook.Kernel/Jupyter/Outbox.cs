using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// What waits to be published, in order. Text of one stream that comes faster than it is sent grows into one message, so that a cell
/// which prints 100,000 lines neither floods the front end nor loses a line. A cell that puts out more than the front end takes waits.
/// </summary>
internal sealed class Outbox
{
    private const int LongestText = 1 << 16;

    // A notebook server drops what a cell puts out when it is more than a thousand messages a second.
    private static readonly TimeSpan BetweenTexts = TimeSpan.FromMilliseconds(20);

    private const long MostBytes = 1 << 24;
    private static readonly byte[] Output = "stream.stdout"u8.ToArray(), Errors = "stream.stderr"u8.ToArray();
    private readonly object _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private readonly Stopwatch _sinceText = Stopwatch.StartNew();
    private Waiting? _last;
    private long _bytes;
    private bool _closed;

    private sealed record Waiting(Outgoing Message, string Stream, StringBuilder? Text);

    /// <summary>True when the outbox was empty: then its reader must be woken.</summary>
    /// <param name="message">What to publish.</param>
    /// <param name="mayWait">Whether to wait while too much is there already: right for what a cell puts out.</param>
    public bool Add(Outgoing message, bool mayWait)
    {
        lock (_lock)
        {
            if (mayWait) WaitForRoom();
            _bytes += message.Content.Length;
            return Enqueue(new(message, "", null));
        }
    }

    /// <summary>Adds a piece of a stream's text, to the message that waits if that is of the same stream and of the same cell.</summary>
    public bool AddText(string stream, string text, JsonObject parentHeader)
    {
        lock (_lock)
        {
            WaitForRoom();
            _bytes += text.Length;
            if (_last is { Text: { } waiting } last && waiting.Length < LongestText && last.Stream == stream
                && ReferenceEquals(last.Message.ParentHeader, parentHeader))
            {
                waiting.Append(text);
                return false;
            }

            return Enqueue(new(new(Channel.Iopub, "stream", [], parentHeader, [stream == "stderr" ? Errors : Output]), stream, new(text)));
        }
    }

    /// <summary>Takes what is to be sent now: text right behind other text waits a little, for more of its kind.</summary>
    public bool TryTake([NotNullWhen(true)] out Outgoing? message)
    {
        Waiting? first;
        lock (_lock)
        {
            message = null;
            if (IsEmpty || (_waiting.Count == 1 && _waiting.Peek() is { Text.Length: < LongestText } && _sinceText.Elapsed < BetweenTexts && !_closed)) return false;
            first = _waiting.Dequeue();
            if (first.Text is not null) _sinceText.Restart();
            if (ReferenceEquals(_last, first)) _last = null;
            _bytes -= first.Text?.Length ?? first.Message.Content.Length;
            Monitor.PulseAll(_lock);
        }

        message = first.Text is null ? first.Message
            : first.Message with { Content = WireFormat.ToBytes(new() { ["name"] = first.Stream, ["text"] = first.Text.ToString() }) };
        return true;
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _waiting.Count == 0;
        }
    }

    /// <summary>Nobody waits from now on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private bool Enqueue(Waiting waiting)
    {
        _last = waiting;
        _waiting.Enqueue(waiting);
        return _waiting.Count == 1;
    }

    private void WaitForRoom()
    {
        while (_bytes > MostBytes && !_closed) Monitor.Wait(_lock);
    }
}
