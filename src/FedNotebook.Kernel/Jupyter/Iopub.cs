using System.Diagnostics;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>
/// The sending end of iopub. While its listeners read, they get every message, however fast these come: what they have not yet taken waits. One
/// that has stopped reading is waited for a while, and then misses messages, so that neither the cell nor the kernel's memory hangs on it.
/// </summary>
internal sealed class Iopub(ZeroMqSocket socket, Outbox outbox, WireFormat wire, string session)
{
    /// <summary>How many messages wait in libzmq for each listener.</summary>
    public const int MessagesInFlight = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), PatienceOnceLost = TimeSpan.FromMilliseconds(1);
    private readonly Stopwatch _blocked = new();
    private IReadOnlyList<byte[]>? _next;
    private bool _someoneIsLost;

    /// <summary>Sends what waits. False when something is left for a moment later.</summary>
    public bool SendAll()
    {
        while ((_next ??= Take()) is { } frames)
        {
            if (socket.Send(frames, wait: false)) _someoneIsLost = false;
            else if (!_blocked.IsRunning || _blocked.Elapsed < (_someoneIsLost ? PatienceOnceLost : Patience))
            {
                _blocked.Start();
                return false;
            }
            else SendToWhoeverReads(frames);
            _blocked.Reset();
            _next = null;
        }

        return outbox.IsEmpty;
    }

    private IReadOnlyList<byte[]>? Take() => outbox.TryTake(out var message) ? wire.ToFrames(message, session) : null;

    private void SendToWhoeverReads(IReadOnlyList<byte[]> frames)
    {
        if (!_someoneIsLost) Protocol.Log("A front end does not read what cells put out. It will miss some.");
        _someoneIsLost = true;
        socket.SetOption(ZeroMq.NoDrop, 0);
        socket.Send(frames, wait: false);
        socket.SetOption(ZeroMq.NoDrop, 1);
    }
}
