using System.Text.Json.Nodes;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>Runs cells, one at a time.</summary>
internal sealed class ExecuteRequests(NotebookSession session, FrontEnd frontEnd, InputRequests input, EditorRequests editor, History history)
{
    private int _executionCount;
    private volatile CancellationTokenSource? _running;

    public async Task<(JsonObject Reply, bool Failed)> ExecuteAsync(JupyterMessage request)
    {
        if (request.Text("code") is not { } code) throw new UserErrorException("An execute_request needs code.");
        var silent = request.Flag("silent", absent: false);
        var storeHistory = !silent && request.Flag("store_history", absent: true);
        if (storeHistory) _executionCount++;
        var count = _executionCount;
        if (!silent) frontEnd.Publish("execute_input", new() { ["code"] = code, ["execution_count"] = count }, request);

        string? result = null;
        JsonObject? page = null;
        CellOutput.Error? error = null;
        if (Question.In(code) is { } question) page = await AnswerAsync(question);
        else
        {
            error = await RunAsync(request, code, output =>
            {
                if (output is CellOutput.Result { Data: var data }) result = data[MimeBundle.PlainText]?.GetValue<string>();
                if (!silent) frontEnd.Publish(output, count, request);
            });
        }

        if (storeHistory) history.Add(count, code, result);
        var reply = error is null ? new() { ["status"] = "ok" } : Failed(error);
        reply["execution_count"] = count;
        reply["user_expressions"] = error is null ? await EvaluateAsync(request, silent) : [];
        reply["payload"] = page is null ? [] : new JsonArray(page);
        return (reply, error is not null);
    }

    /// <summary>The reply to a cell that waited while one before it failed.</summary>
    public JsonObject Aborted() => new() { ["status"] = "aborted", ["execution_count"] = _executionCount };

    public void Interrupt()
    {
        try
        {
            _running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cell ended in this very moment.
        }
    }

    private async Task<CellOutput.Error?> RunAsync(JupyterMessage request, string code, Action<CellOutput> onOutput)
    {
        using var interrupt = new CancellationTokenSource();
        _running = interrupt;
        input.Begin(request, interrupt.Token);
        try
        {
            return await session.RunAsync(code, null, onOutput, interrupt.Token);
        }
        finally
        {
            _running = null;
        }
    }

    /// <summary>What a front end wants to know after the cell, by the names that it chose.</summary>
    private async Task<JsonObject> EvaluateAsync(JupyterMessage request, bool silent)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            JsonObject? data = null;
            CellOutput.Error? error;
            if (expression is JsonValue value && value.TryGetValue<string>(out var code))
            {
                error = await RunAsync(request, code, output =>
                {
                    if (output is CellOutput.Result result) data = result.Data.DeepClone().AsObject();
                    else if (output is CellOutput.Stream && !silent) frontEnd.Publish(output, _executionCount, request);
                });
            }
            else error = new("Error", "An expression is a text.", []);

            values[name] = error is null ? new JsonObject { ["status"] = "ok", ["data"] = data ?? [], ["metadata"] = new JsonObject() } : Failed(error);
        }

        return values;
    }

    /// <summary>What the front end's pager shows for <c>NAME?</c>.</summary>
    private async Task<JsonObject> AnswerAsync(Question question)
    {
        var data = await editor.DescribeAsync(question.Name, question.Name.Length, question.Detail);
        data ??= new() { [MimeBundle.PlainText] = $"Nothing is known about '{question.Name}'." };
        return new() { ["source"] = "page", ["data"] = data, ["start"] = 0 };
    }

    private static JsonObject Failed(CellOutput.Error error)
    {
        var content = FrontEnd.ErrorContent(error);
        content["status"] = "error";
        return content;
    }
}
