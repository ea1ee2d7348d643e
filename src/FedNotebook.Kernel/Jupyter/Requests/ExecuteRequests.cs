using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>Runs cells, one at a time.</summary>
internal sealed partial class ExecuteRequests(NotebookSession session, FrontEnd frontEnd, InputRequests input, EditorRequests editor, History history)
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
        if (Question().Match(code) is { Success: true } question && await PageAsync(question.Groups[1].Value) is { } page)
        {
            return (Succeeded(count, page), false);
        }

        string? result = null;
        var error = await RunAsync(request, code, output =>
        {
            if (output is CellOutput.Result { Data: var data }) result = data[MimeBundle.PlainText]?.GetValue<string>();
            if (!silent) frontEnd.Publish(output, count, request);
        });
        if (storeHistory) history.Add(count, code, result);
        if (error is null) return (Succeeded(count, null), false);

        var reply = FrontEnd.ErrorContent(error);
        reply["status"] = "error";
        reply["execution_count"] = count;
        return (reply, true);
    }

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

    /// <summary>What the front end's pager shows for <c>NAME?</c>.</summary>
    private async Task<JsonObject?> PageAsync(string name)
    {
        var data = await editor.DescribeAsync(name, name.Length);
        return data is null ? null : new() { ["source"] = "page", ["data"] = data, ["start"] = 0 };
    }

    private static JsonObject Succeeded(int count, JsonObject? payload) =>
        new()
        {
            ["status"] = "ok",
            ["execution_count"] = count,
            ["user_expressions"] = new JsonObject(),
            ["payload"] = payload is null ? [] : new JsonArray(payload),
        };

    [GeneratedRegex(@"^\s*([\w.]+)\?\s*$")]
    private static partial Regex Question();
}
