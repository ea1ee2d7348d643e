using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// The sockets of a kernel. One thread owns them all (libzmq's sockets are not thread-safe): it sends what is in the outbox and hands on what comes
/// in. Any thread may send; the heartbeat has a thread of its own, so that it beats whatever a cell does.
/// </summary>
internal sealed class Channels : IDisposable
{
    private const int MessagesThatMayWait = 100_000;
    private readonly nint _context = ZeroMq.NewContext();
    private readonly WireFormat _wire;
    private readonly Outbox _outbox = new();
    private readonly ZeroMqSocket[] _sockets;
    private readonly ZeroMqSocket _heartbeat, _waker, _wakened;
    private readonly Lock _wakerLock = new();
    private readonly Thread _thread, _heartbeatThread;
    private readonly string _session = Guid.NewGuid().ToString();
    private volatile bool _closing;

    /// <exception cref="UserErrorException">A port is in use, or libzmq is missing.</exception>
    public Channels(ConnectionFile connection)
    {
        _wire = new(connection.Key);
        _sockets =
        [
            Open(ZeroMq.Router, connection.ShellPort), Open(ZeroMq.Router, connection.ControlPort), Open(ZeroMq.Router, connection.StdinPort),
            Open(ZeroMq.Publish, connection.IopubPort),
        ];
        _heartbeat = Open(ZeroMq.Reply, connection.HeartbeatPort);
        _wakened = new(_context, ZeroMq.Pair);
        _wakened.Bind("inproc://outbox");
        _waker = new(_context, ZeroMq.Pair);
        _waker.Connect("inproc://outbox");
        _thread = new(Exchange) { Name = "Jupyter channels", IsBackground = true };
        _heartbeatThread = new(Beat) { Name = "Jupyter heartbeat", IsBackground = true };

        ZeroMqSocket Open(int type, int port)
        {
            var socket = new ZeroMqSocket(_context, type);
            if (type == ZeroMq.Router) socket.SetOption(ZeroMq.RouterHandover, 1);
            if (type == ZeroMq.Publish) socket.SetOption(ZeroMq.SendHighWaterMark, MessagesThatMayWait);
            socket.Bind(connection.Endpoint(port));
            return socket;
        }
    }

    /// <summary>Called on the channels' own thread for each message that came in: it must not wait.</summary>
    public event Action<Channel, JupyterMessage>? Received;

    public void Start()
    {
        _thread.Start();
        _heartbeatThread.Start();
    }

    /// <summary>Sends a message. May be called from any thread.</summary>
    public void Send(Outgoing message)
    {
        if (_outbox.Add(message)) Wake();
    }

    /// <summary>Publishes text of a stream. May be called from any thread.</summary>
    public void SendText(string stream, string text, JsonObject parentHeader)
    {
        if (_outbox.AddText(stream, text, parentHeader)) Wake();
    }

    private void Wake()
    {
        // A socket may change threads when a lock makes all see the same memory.
        lock (_wakerLock)
        {
            if (!_closing) _waker.Send([[]]);
        }
    }

    private void Exchange()
    {
        ZeroMqSocket[] incoming = [.. _sockets.Take(3), _wakened];
        var items = incoming.Select(socket => new ZeroMq.PollItem { Socket = socket.Handle, Events = ZeroMq.PollIn }).ToArray();
        while (!_closing)
        {
            SendAll();
            if (ZeroMq.Poll(items, items.Length, new(-1)) < 0) continue;
            while (_wakened.Receive(wait: false) is not null) { }
            for (var channel = Channel.Shell; channel <= Channel.Stdin; channel++)
            {
                if (items[(int)channel].Returned != 0) ReceiveFrom(channel);
            }
        }

        SendAll();
    }

    private void SendAll()
    {
        while (_outbox.TryTake(out var message)) _sockets[(int)message.Channel].Send(_wire.ToFrames(Addressed(message)));
    }

    private JupyterMessage Addressed(Outgoing message)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["session"] = _session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            ["msg_type"] = message.Type,
            ["version"] = Protocol.Version,
        };
        return new(message.Identities, header, message.ParentHeader, [], message.Content, []);
    }

    private void ReceiveFrom(Channel channel)
    {
        if (_sockets[(int)channel].Receive(wait: false) is not { } frames) return;
        if (_wire.FromFrames(frames, out var problem) is { } message) Received?.Invoke(channel, message);
        else Protocol.Log($"On {channel.ToString().ToLowerInvariant()}, {problem} was ignored.");
    }

    private void Beat()
    {
        while (_heartbeat.Receive(wait: true) is { } frames) _heartbeat.Send(frames);
    }

    /// <summary>Sends what waits, then closes. Not to be called on the channels' own thread.</summary>
    public void Dispose()
    {
        lock (_wakerLock)
        {
            if (_closing) return;
            _closing = true;
            _waker.Send([[]]);
        }

        _thread.Join();
        ZeroMq.ShutDownContext(_context);
        _heartbeatThread.Join();
        foreach (var socket in (ZeroMqSocket[])[.. _sockets, _heartbeat, _waker, _wakened]) socket.Dispose();
        ZeroMq.TerminateContext(_context);
    }
}
