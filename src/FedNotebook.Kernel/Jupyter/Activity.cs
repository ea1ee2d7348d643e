namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// Tells on iopub when the kernel is busy with a request, and when it is done. A request that is answered while a cell runs
/// leaves the kernel busy with that cell: many front ends show the state that they heard last.
/// </summary>
internal sealed class Activity(FrontEnd frontEnd)
{
    private readonly Lock _lock = new();
    private JupyterMessage? _cell;

    public void Begin(JupyterMessage request, bool isCell)
    {
        lock (_lock)
        {
            if (isCell) _cell = request;
            Tell("busy", request);
        }
    }

    public void End(JupyterMessage request)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_cell, request)) _cell = null;
            Tell("idle", request);
            if (_cell is not null) Tell("busy", _cell);
        }
    }

    public void Starting() => Tell("starting", null);

    private void Tell(string state, JupyterMessage? request) => frontEnd.Publish("status", new() { ["execution_state"] = state }, request);
}
