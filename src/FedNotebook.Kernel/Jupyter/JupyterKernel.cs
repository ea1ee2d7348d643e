using System.Text.Json.Nodes;
using System.Threading.Channels;
using FedNotebook.Kernel.Jupyter.Requests;
using FedNotebook.Kernel.Sessions;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>A kernel as Jupyter sees one: requests come on shell and control, each finds its handler in one table, and each is answered.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private const string RequestEnding = "_request";
    private readonly Channels _channels;
    private readonly FrontEnd _frontEnd;
    private readonly NotebookSession _session;
    private readonly ExecuteRequests _executions;
    private readonly Dictionary<string, Func<JupyterMessage, Task<JsonObject?>>> _handlers;
    private readonly System.Threading.Channels.Channel<JupyterMessage> _shell = System.Threading.Channels.Channel.CreateUnbounded<JupyterMessage>();
    private readonly System.Threading.Channels.Channel<JupyterMessage> _control = System.Threading.Channels.Channel.CreateUnbounded<JupyterMessage>();
    private readonly List<JupyterMessage> _waitedForFailure = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _shutdownAsked;

    public JupyterKernel(ConnectionFile connection)
    {
        _channels = new(connection);
        _frontEnd = new(_channels);
        var input = new InputRequests(_channels);
        _session = new(input.AskAsync);
        var history = new History();
        var editor = new EditorRequests(_session);
        _executions = new(_session, _frontEnd, input, editor, history);
        _handlers = new()
        {
            ["kernel_info_request"] = _ => Answer(KernelInfo.Reply()),
            ["execute_request"] = ExecuteAsync,
            ["complete_request"] = editor.CompleteAsync,
            ["inspect_request"] = editor.InspectAsync,
            ["is_complete_request"] = request => Answer(EditorRequests.IsComplete(request)),
            ["history_request"] = request => Answer(history.Reply(request)),
            ["comm_info_request"] = _ => Answer(new() { ["status"] = "ok", ["comms"] = new JsonObject() }),
            ["comm_open"] = RefuseComm,
            ["comm_msg"] = _ => Answer(null),
            ["comm_close"] = _ => Answer(null),
            ["interrupt_request"] = Interrupt,
            ["shutdown_request"] = ShutDown,
        };
        _channels.Received += (channel, message) =>
        {
            if (channel == Channel.Stdin) input.Receive(message);
            else (channel == Channel.Control ? _control : _shell).Writer.TryWrite(message);
        };
    }

    /// <summary>Serves until a shutdown is asked for.</summary>
    public async Task RunAsync()
    {
        _channels.Start();
        _frontEnd.PublishStatus("starting", null);
        _ = Task.Run(ServeShellAsync);
        _ = Task.Run(ServeControlAsync);
        await _ended.Task;
    }

    /// <summary>Asks the running cell to stop.</summary>
    public void Interrupt() => _executions.Interrupt();

    /// <summary>Ends <see cref="RunAsync"/>.</summary>
    public void End() => _ended.TrySetResult();

    private async Task ServeShellAsync()
    {
        await foreach (var request in _shell.Reader.ReadAllAsync())
        {
            await AnswerAsync(Channel.Shell, request);
            foreach (var waiting in _waitedForFailure) await AnswerAfterFailureAsync(waiting);
            _waitedForFailure.Clear();
        }
    }

    private async Task ServeControlAsync()
    {
        await foreach (var request in _control.Reader.ReadAllAsync()) await AnswerAsync(Channel.Control, request);
    }

    private async Task<JsonObject?> ExecuteAsync(JupyterMessage request)
    {
        var (reply, failed) = await _executions.ExecuteAsync(request);
        // What is there before the front end hears of the failure was asked for in the belief that all goes well.
        while (failed && request.Flag("stop_on_error", absent: true) && _shell.Reader.TryRead(out var waiting)) _waitedForFailure.Add(waiting);
        return reply;
    }

    private Task AnswerAfterFailureAsync(JupyterMessage request) =>
        request.Type == "execute_request"
            ? AnswerAsync(Channel.Shell, request, _ => Answer(new() { ["status"] = "aborted" }))
            : AnswerAsync(Channel.Shell, request);

    private Task AnswerAsync(Channel channel, JupyterMessage request)
    {
        if (_handlers.TryGetValue(request.Type, out var handler)) return AnswerAsync(channel, request, handler);
        Protocol.Log($"A message of the unknown type '{request.Type}' was ignored.");
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(Channel channel, JupyterMessage request, Func<JupyterMessage, Task<JsonObject?>> handler)
    {
        _frontEnd.PublishStatus("busy", request);
        JsonObject? reply;
        try
        {
            reply = await handler(request);
        }
        catch (Exception exception)
        {
            Protocol.Log($"{request.Type} failed: {(exception is UserErrorException ? exception.Message : exception)}");
            reply = FrontEnd.ErrorContent(new(exception.GetType().Name, exception.Message, []));
            reply["status"] = "error";
        }

        if (reply is not null && request.Type.EndsWith(RequestEnding, StringComparison.Ordinal))
        {
            _channels.Send(new(channel, request.Type[..^RequestEnding.Length] + "_reply", reply, request.Header, request.Identities));
        }

        _frontEnd.PublishStatus("idle", request);
        if (_shutdownAsked) End();
    }

    /// <summary>No one here knows any target: a comm that is opened is closed, so that its other side does not wait.</summary>
    private Task<JsonObject?> RefuseComm(JupyterMessage request)
    {
        _frontEnd.Publish("comm_close", new() { ["comm_id"] = request.Text("comm_id") ?? "", ["data"] = new JsonObject() }, request);
        return Answer(null);
    }

    private Task<JsonObject?> Interrupt(JupyterMessage request)
    {
        Interrupt();
        return Answer(new() { ["status"] = "ok" });
    }

    private Task<JsonObject?> ShutDown(JupyterMessage request)
    {
        _shutdownAsked = true;
        return Answer(new() { ["status"] = "ok", ["restart"] = request.Flag("restart", absent: false) });
    }

    private static Task<JsonObject?> Answer(JsonObject? content) => Task.FromResult(content);

    public void Dispose()
    {
        _channels.Dispose();
        _session.Dispose();
    }
}
