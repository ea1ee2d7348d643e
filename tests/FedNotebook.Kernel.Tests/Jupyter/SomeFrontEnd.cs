using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

/// <summary>A kernel of this process with a front end at its wire: sends requests, reads replies and what is published.</summary>
internal sealed class SomeFrontEnd : IDisposable
{
    private const int Request = 3, Dealer = 5, ExtendedSubscribe = 10, RoutingId = 5, ReceiveTimeout = 27, ReceiveHighWaterMark = 24;
    private const string Key = "test key";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WireFormat _wire = new(Key);
    private readonly nint _context = ZeroMq.NewContext();
    private readonly Dictionary<Channel, ZeroMqSocket> _sockets = [];
    private readonly ConnectionFile _connection;
    private readonly JupyterKernel _kernel;
    private readonly SomeFolder _folder = new();
    private ZeroMqSocket? _deaf;
    private int _sent;

    /// <param name="history">The history of an earlier kernel; null for a new one.</param>
    public SomeFrontEnd(string? history = null)
    {
        History = history ?? _folder.At("history.jsonl");
        var ports = FreePorts(5);
        _connection = new("tcp", "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], Key);
        _kernel = new(_connection, new(History));
        Running = _kernel.RunAsync();
        Connect(Channel.Shell, Dealer, _connection.ShellPort);
        Connect(Channel.Control, Dealer, _connection.ControlPort);
        Connect(Channel.Stdin, Dealer, _connection.StdinPort);
        Connect(Channel.Iopub, ExtendedSubscribe, _connection.IopubPort).Send([[1]]);
        AwaitSubscription();
    }

    /// <summary>The file that keeps the cells.</summary>
    public string History { get; }

    /// <summary>Ends when the kernel has been shut down.</summary>
    public Task Running { get; }

    /// <summary>Sends a request and gives its id.</summary>
    public string Send(Channel channel, string type, JsonObject? content = null, string key = Key)
    {
        var id = $"message-{++_sent}";
        var header = new JsonObject { ["msg_id"] = id, ["session"] = "s", ["username"] = "u", ["date"] = "", ["msg_type"] = type, ["version"] = "5.3" };
        _sockets[channel].Send(new WireFormat(key).ToFrames(new([], header, [], [], content ?? [], [])));
        return id;
    }

    public void SendFrames(Channel channel, params byte[][] frames) => _sockets[channel].Send(frames);

    public string Execute(string code, bool silent = false, bool stopOnError = true) =>
        Send(Channel.Shell, "execute_request", new() { ["code"] = code, ["silent"] = silent, ["store_history"] = !silent, ["stop_on_error"] = stopOnError, ["allow_stdin"] = true });

    public JupyterMessage Receive(Channel channel)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < deadline)
        {
            if (_sockets[channel].Receive(wait: true) is not { } frames) continue;
            return _wire.FromFrames(frames, out var problem) ?? throw new InvalidOperationException($"The kernel sent {problem}.");
        }

        throw new TimeoutException($"Nothing came on {channel}.");
    }

    /// <summary>The reply to a request; replies to others are skipped.</summary>
    public JupyterMessage ReplyTo(string id, Channel channel = Channel.Shell)
    {
        while (true)
        {
            var reply = Receive(channel);
            if (ParentOf(reply) == id) return reply;
        }
    }

    /// <summary>All that is published for a request, up to and with its idle.</summary>
    public List<JupyterMessage> PublishedFor(string id)
    {
        List<JupyterMessage> published = [];
        while (true)
        {
            var message = Receive(Channel.Iopub);
            if (ParentOf(message) != id) continue;
            published.Add(message);
            if (message.Type == "status" && message.Text("execution_state") == "idle") return published;
        }
    }

    public byte[] Heartbeat(byte[] beat)
    {
        using var socket = new ZeroMqSocket(_context, Request);
        socket.SetOption(ReceiveTimeout, (int)Patience.TotalMilliseconds);
        socket.Connect(_connection.Endpoint(_connection.HeartbeatPort));
        socket.Send([beat]);
        return socket.Receive(wait: true)![0];
    }

    /// <summary>Adds a listener on iopub that is connected and never takes a message.</summary>
    public void ListenWithoutReading()
    {
        var socket = _deaf = new(_context, ExtendedSubscribe);
        socket.SetOption(ReceiveHighWaterMark, 1);
        socket.SetOption(ZeroMq.Linger, 0);
        socket.Connect(_connection.Endpoint(_connection.IopubPort));
        socket.Send([[1]]);
        // Until its subscription has arrived it misses messages for another reason.
        Thread.Sleep(500);
    }

    public static string? ParentOf(JupyterMessage message) => message.ParentHeader["msg_id"]?.GetValue<string>();

    private ZeroMqSocket Connect(Channel channel, int type, int port)
    {
        var socket = _sockets[channel] = new(_context, type);
        socket.SetOption(ReceiveTimeout, 50);
        socket.SetOption(ZeroMq.Linger, 0);
        // A front end is known by one id on all channels: by that the kernel finds its stdin.
        if (type == Dealer) socket.SetOption(RoutingId, 0x54534554);
        socket.Connect(_connection.Endpoint(port));
        return socket;
    }

    /// <summary>What is published before the subscription has arrived is lost: ask until something is heard.</summary>
    private void AwaitSubscription()
    {
        var asked = Send(Channel.Shell, "kernel_info_request");
        while (_sockets[Channel.Iopub].Receive(wait: true) is null) asked = Send(Channel.Shell, "kernel_info_request");
        ReplyTo(asked);
        asked = Send(Channel.Shell, "kernel_info_request");
        PublishedFor(asked);
        ReplyTo(asked);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    public void Dispose()
    {
        _kernel.Dispose();
        foreach (var socket in _sockets.Values) socket.Dispose();
        _deaf?.Dispose();
        ZeroMq.TerminateContext(_context);
        _folder.Dispose();
    }
}
