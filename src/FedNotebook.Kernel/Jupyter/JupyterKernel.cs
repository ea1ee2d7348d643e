using System.Text.Json.Nodes;
using System.Threading.Channels;
using FedNotebook.Kernel.Jupyter.Requests;
using FedNotebook.Kernel.Sessions;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>A kernel as Jupyter sees one: requests come on shell and control, each finds its handler in one table, and each is answered.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private const string RequestEnding = "_request";

    // What an editor asks is answered in the state that the cells before it leave; but not much later, when one of them runs for long.
    private static readonly TimeSpan PatienceWithCells = TimeSpan.FromMilliseconds(300);

    private readonly Channels _channels;
    private readonly FrontEnd _frontEnd;
    private readonly Activity _activity;
    private readonly NotebookSession _session;
    private readonly ExecuteRequests _executions;
    private readonly History _history;
    private readonly Dictionary<string, Handler> _handlers;
    private readonly System.Threading.Channels.Channel<Turn> _cells = System.Threading.Channels.Channel.CreateUnbounded<Turn>();
    private readonly System.Threading.Channels.Channel<Turn> _questions = System.Threading.Channels.Channel.CreateUnbounded<Turn>();
    private readonly System.Threading.Channels.Channel<JupyterMessage> _control = System.Threading.Channels.Channel.CreateUnbounded<JupyterMessage>();
    private readonly List<Turn> _waitedForFailure = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _lastCell = Task.CompletedTask;

    /// <summary>When a request has its turn, seen from the cells that came before it.</summary>
    private enum When
    {
        AtOnce,
        Soon,
        InOrder,
    }

    private sealed record Handler(When When, Func<JupyterMessage, Task<JsonObject?>> AnswerAsync);

    /// <param name="Request">What came on shell.</param>
    /// <param name="Before">Ends with the cell that came before it.</param>
    /// <param name="Deadline">How long it waits for that one.</param>
    private sealed record Turn(JupyterMessage Request, Task Before, Task Deadline)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <param name="connection">Where to listen.</param>
    /// <param name="history">Where the cells are kept for later sessions.</param>
    /// <exception cref="UserErrorException">A port is in use, or libzmq is missing.</exception>
    public JupyterKernel(ConnectionFile connection, HistoryFile history)
    {
        _channels = new(connection);
        _history = new(history);
        _frontEnd = new(_channels);
        _activity = new(_frontEnd);
        var input = new InputRequests(_channels);
        _session = new(input.AskAsync);
        var editor = new EditorRequests(_session);
        _executions = new(_session, _frontEnd, input, editor, _history);
        var comms = new Comms(_frontEnd);
        comms.Register(VariablesTarget.Name, _ => VariablesTarget.AnswerAsync(_session));
        _handlers = new()
        {
            ["execute_request"] = new(When.InOrder, ExecuteAsync),
            ["comm_open"] = new(When.InOrder, comms.OpenAsync),
            ["comm_msg"] = new(When.InOrder, comms.ReceiveAsync),
            ["comm_close"] = new(When.InOrder, request => Done(() => comms.Close(request))),
            ["complete_request"] = new(When.Soon, editor.CompleteAsync),
            ["inspect_request"] = new(When.Soon, editor.InspectAsync),
            ["is_complete_request"] = new(When.Soon, request => Answer(EditorRequests.IsComplete(request))),
            ["history_request"] = new(When.Soon, request => Answer(_history.Reply(request))),
            ["comm_info_request"] = new(When.Soon, request => Answer(comms.Info(request))),
            ["kernel_info_request"] = new(When.AtOnce, _ => Answer(KernelInfo.Reply())),
            ["interrupt_request"] = new(When.AtOnce, _ => Answer(Interrupted())),
            ["shutdown_request"] = new(When.AtOnce, request => Answer(ShutDown(request))),
        };
        _channels.Received += (channel, message) =>
        {
            if (channel == Channel.Stdin) input.Receive(message);
            else if (channel == Channel.Control) _control.Writer.TryWrite(message);
            else ReceiveOnShell(message);
        };
    }

    /// <summary>Serves until a shutdown is asked for.</summary>
    public async Task RunAsync()
    {
        _channels.Start();
        _activity.Starting();
        _ = Task.Run(ServeCellsAsync);
        _ = Task.Run(ServeQuestionsAsync);
        _ = Task.Run(ServeControlAsync);
        await _ended.Task;
    }

    /// <summary>Asks the running cell to stop.</summary>
    public void Interrupt() => _executions.Interrupt();

    /// <summary>Ends <see cref="RunAsync"/>.</summary>
    public void End() => _ended.TrySetResult();

    private void ReceiveOnShell(JupyterMessage request)
    {
        var when = _handlers.GetValueOrDefault(request.Type)?.When ?? When.InOrder;
        var turn = new Turn(request, _lastCell, when == When.Soon && !_lastCell.IsCompleted ? Task.Delay(PatienceWithCells) : Task.CompletedTask);
        (when == When.InOrder ? _cells : _questions).Writer.TryWrite(turn);
        if (when == When.InOrder) _lastCell = turn.Done.Task;
    }

    private async Task ServeCellsAsync()
    {
        await foreach (var turn in _cells.Reader.ReadAllAsync())
        {
            await AnswerAsync(Channel.Shell, turn.Request);
            turn.Done.SetResult();
            foreach (var waiting in _waitedForFailure)
            {
                await AnswerAfterFailureAsync(waiting.Request);
                waiting.Done.SetResult();
            }

            _waitedForFailure.Clear();
        }
    }

    private async Task ServeQuestionsAsync()
    {
        await foreach (var turn in _questions.Reader.ReadAllAsync())
        {
            await Task.WhenAny(turn.Before, turn.Deadline);
            await AnswerAsync(Channel.Shell, turn.Request);
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
        while (failed && request.Flag("stop_on_error", absent: true) && _cells.Reader.TryRead(out var waiting)) _waitedForFailure.Add(waiting);
        return reply;
    }

    private Task AnswerAfterFailureAsync(JupyterMessage request) =>
        request.Type == "execute_request"
            ? AnswerAsync(Channel.Shell, request, _ => Answer(_executions.Aborted()))
            : AnswerAsync(Channel.Shell, request);

    private Task AnswerAsync(Channel channel, JupyterMessage request)
    {
        if (_handlers.TryGetValue(request.Type, out var handler)) return AnswerAsync(channel, request, handler.AnswerAsync);
        Protocol.Log($"A message of the unknown type '{request.Type}' was ignored.");
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(Channel channel, JupyterMessage request, Func<JupyterMessage, Task<JsonObject?>> handler)
    {
        _activity.Begin(request, isCell: request.Type == "execute_request");
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
            _channels.Send(channel, request.Type[..^RequestEnding.Length] + "_reply", reply, request);
        }

        _activity.End(request);
        if (request.Type == "shutdown_request") End();
    }

    private JsonObject Interrupted()
    {
        Interrupt();
        return new() { ["status"] = "ok" };
    }

    private JsonObject ShutDown(JupyterMessage request)
    {
        var reply = new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", absent: false) };
        // For the other front ends that show this kernel.
        _frontEnd.Publish("shutdown_reply", reply, request);
        return reply;
    }

    private static Task<JsonObject?> Answer(JsonObject content) => Task.FromResult<JsonObject?>(content);

    private static Task<JsonObject?> Done(Action act)
    {
        act();
        return Task.FromResult<JsonObject?>(null);
    }

    public void Dispose()
    {
        _channels.Dispose();
        _session.Dispose();
    }
}
