using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Jupyter.Requests;

/// <summary>
/// The conversations that front ends open with the kernel besides its cells. A target is known by name and answers what is sent to it;
/// a conversation with a target that nobody knows is closed at once, so that its other side does not wait.
/// </summary>
internal sealed class Comms(FrontEnd frontEnd)
{
    private readonly Dictionary<string, Func<JsonObject, Task<JsonObject?>>> _targets = [];
    private readonly Dictionary<string, string> _open = [];
    private readonly Lock _lock = new();

    /// <param name="target">The name that front ends ask for.</param>
    /// <param name="answer">Called with the data that opens the conversation and with all that follows; what it gives is sent back.</param>
    public void Register(string target, Func<JsonObject, Task<JsonObject?>> answer) => _targets.Add(target, answer);

    public async Task<JsonObject?> OpenAsync(JupyterMessage request)
    {
        if (request.Text("comm_id") is not { } id) return null;
        if (request.Text("target_name") is not { } target || !_targets.ContainsKey(target))
        {
            frontEnd.Publish("comm_close", new() { ["comm_id"] = id, ["data"] = new JsonObject() }, request);
            return null;
        }

        lock (_lock) _open[id] = target;
        return await ReceiveAsync(request);
    }

    public async Task<JsonObject?> ReceiveAsync(JupyterMessage request)
    {
        var id = request.Text("comm_id") ?? "";
        string? target;
        lock (_lock)
        {
            if (!_open.TryGetValue(id, out target)) return null;
        }

        if (await _targets[target](request.Content["data"] as JsonObject ?? []) is { } answer)
        {
            frontEnd.Publish("comm_msg", new() { ["comm_id"] = id, ["data"] = answer }, request);
        }

        return null;
    }

    public void Close(JupyterMessage request)
    {
        lock (_lock) _open.Remove(request.Text("comm_id") ?? "");
    }

    /// <summary>Which conversations are open, with one target or with all.</summary>
    public JsonObject Info(JupyterMessage request)
    {
        var comms = new JsonObject();
        var asked = request.Text("target_name");
        lock (_lock)
        {
            foreach (var (id, target) in _open.Where(comm => string.IsNullOrEmpty(asked) || comm.Value == asked))
            {
                comms[id] = new JsonObject { ["target_name"] = target };
            }
        }

        return new() { ["status"] = "ok", ["comms"] = comms };
    }
}
