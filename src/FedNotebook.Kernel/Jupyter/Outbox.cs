using System.Text;
using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// Messages that wait to be sent, in order. Text of one stream that comes faster than it is sent grows into one message, so that a cell
/// which prints 100,000 lines neither floods the front end nor loses a line.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _lock = new();
    private readonly Queue<Item> _items = [];
    private Item? _last;

    public sealed record Item(Channel Channel, JupyterMessage Message, StringBuilder? StreamText);

    /// <summary>True when the outbox was empty: then its reader must be woken.</summary>
    public bool Add(Channel channel, JupyterMessage message)
    {
        lock (_lock)
        {
            var text = message.Type == "stream" ? message.Content["text"]!.GetValue<string>() : null;
            if (text is not null && _last?.StreamText is { } waiting && ContinuesStream(_last.Message, message))
            {
                waiting.Append(text);
                return false;
            }

            _last = new(channel, message, text is null ? null : new(text));
            _items.Enqueue(_last);
            return _items.Count == 1;
        }
    }

    public bool TryTake(out Channel channel, out JupyterMessage message)
    {
        lock (_lock)
        {
            if (!_items.TryDequeue(out var item))
            {
                channel = default;
                message = null!;
                return false;
            }

            if (_last == item) _last = null;
            channel = item.Channel;
            message = item.Message;
            if (item.StreamText is not null) message.Content["text"] = item.StreamText.ToString();
            return true;
        }
    }

    private static bool ContinuesStream(JupyterMessage waiting, JupyterMessage next) =>
        JsonNode.DeepEquals(waiting.Content["name"], next.Content["name"]) && JsonNode.DeepEquals(waiting.ParentHeader, next.ParentHeader);
}
