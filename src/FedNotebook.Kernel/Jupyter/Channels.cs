using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Runtime.InteropServices;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// The sockets of a kernel. One thread owns them all (libzmq's sockets are not thread-safe): it sends what waits and hands on what comes in.
/// Any thread may send; the heartbeat has a thread of its own, so that it beats whatever a cell does.
/// </summary>
internal sealed class Channels : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly nint _context = ZeroMq.NewContext();
    private readonly WireFormat _wire;
    private readonly ConcurrentQueue<Outgoing> _replies = [];
    private readonly Outbox _outbox = new();
    private readonly Iopub _iopub;
    private readonly List<ZeroMqSocket> _sockets = [];
    private readonly ZeroMqSocket _heartbeat, _waker, _wakened;
    private readonly Lock _wakerLock = new();
    private readonly Thread _thread, _heartbeatThread;
    private readonly string _session = Guid.NewGuid().ToString();
    private volatile bool _closing;

    /// <exception cref="UserErrorException">A port is in use, or libzmq is missing.</exception>
    public Channels(ConnectionFile connection)
    {
        _wire = new(connection.Key);
        try
        {
            foreach (var port in (int[])[connection.ShellPort, connection.ControlPort, connection.StdinPort]) Open(ZeroMq.Router, port);
            _iopub = new(Open(ZeroMq.Publish, connection.IopubPort), _outbox, _wire, _session);
            _heartbeat = Open(ZeroMq.Reply, connection.HeartbeatPort);
        }
        catch (UserErrorException)
        {
            _sockets.ForEach(socket => socket.Dispose());
            ZeroMq.TerminateContext(_context);
            throw;
        }

        _wakened = new(_context, ZeroMq.Pair);
        _wakened.Bind("inproc://outbox");
        _waker = new(_context, ZeroMq.Pair);
        _waker.Connect("inproc://outbox");
        _thread = new(Exchange) { Name = "Jupyter channels", IsBackground = true };
        _heartbeatThread = new(Beat) { Name = "Jupyter heartbeat", IsBackground = true };

        ZeroMqSocket Open(int type, int port)
        {
            var socket = new ZeroMqSocket(_context, type);
            _sockets.Add(socket);
            if (type == ZeroMq.Router) socket.SetOption(ZeroMq.RouterHandover, 1);
            if (type == ZeroMq.Publish)
            {
                socket.SetOption(ZeroMq.SendHighWaterMark, Iopub.MessagesInFlight);
                socket.SetOption(ZeroMq.NoDrop, 1);
            }

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

    /// <summary>Sends a reply to a request, or a request to a front end. May be called from any thread.</summary>
    public void Send(Channel channel, string type, JsonObject content, JupyterMessage to)
    {
        _replies.Enqueue(new(channel, type, WireFormat.ToBytes(content), to.Header, to.Identities));
        Wake();
    }

    /// <summary>Publishes a message on iopub. May be called from any thread.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="parentHeader">The header of the request that caused it.</param>
    /// <param name="mayWait">Whether to wait while the front end is far behind.</param>
    public void Publish(string type, JsonObject content, JsonObject parentHeader, bool mayWait)
    {
        var topic = System.Text.Encoding.UTF8.GetBytes(type);
        if (_outbox.Add(new(Channel.Iopub, type, WireFormat.ToBytes(content), parentHeader, [topic]), mayWait)) Wake();
    }

    /// <summary>Publishes text of a stream. May be called from any thread.</summary>
    public void PublishText(string stream, string text, JsonObject parentHeader)
    {
        if (_outbox.AddText(stream, text, parentHeader)) Wake();
    }

    private void Wake()
    {
        // A socket may change threads when a lock makes all see the same memory.
        lock (_wakerLock)
        {
            if (!_closing) _waker.Send([[]], wait: false);
        }
    }

    private void Exchange()
    {
        ZeroMqSocket[] incoming = [.. _sockets.Take(3), _wakened];
        var items = incoming.Select(socket => new ZeroMq.PollItem { Socket = socket.Handle, Events = ZeroMq.PollIn }).ToArray();
        CLong forEver = new(-1), aMoment = new(2);
        while (!_closing)
        {
            if (ZeroMq.Poll(items, items.Length, SendAll() ? forEver : aMoment) < 0) continue;
            while (_wakened.Receive(wait: false) is not null) { }
            for (var channel = Channel.Shell; channel <= Channel.Stdin; channel++)
            {
                if (items[(int)channel].Returned != 0) ReceiveFrom(channel);
            }
        }

        var clock = Stopwatch.StartNew();
        while (!SendAll() && clock.Elapsed < LastWords) Thread.Sleep(1);
    }

    /// <summary>False when something had to be left for later.</summary>
    private bool SendAll()
    {
        while (_replies.TryDequeue(out var reply)) _sockets[(int)reply.Channel].Send(_wire.ToFrames(reply, _session), wait: false);
        return _iopub.SendAll();
    }

    private void ReceiveFrom(Channel channel)
    {
        if (_sockets[(int)channel].Receive(wait: false) is not { } frames) return;
        if (_wire.FromFrames(frames, out var problem) is { } message) Received?.Invoke(channel, message);
        else Protocol.Log($"On {channel.ToString().ToLowerInvariant()}, {problem} was ignored.");
    }

    private void Beat()
    {
        while (_heartbeat.Receive(wait: true) is { } frames) _heartbeat.Send(frames, wait: true);
    }

    /// <summary>Sends what waits, then closes. Not to be called on the channels' own thread.</summary>
    public void Dispose()
    {
        lock (_wakerLock)
        {
            if (_closing) return;
            _closing = true;
            _waker.Send([[]], wait: false);
        }

        _outbox.Close();
        _thread.Join();
        ZeroMq.ShutDownContext(_context);
        _heartbeatThread.Join();
        foreach (var socket in (ZeroMqSocket[])[.. _sockets, _waker, _wakened]) socket.Dispose();
        ZeroMq.TerminateContext(_context);
    }
}
