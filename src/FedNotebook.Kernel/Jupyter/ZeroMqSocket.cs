namespace FedNotebook.Kernel.Jupyter;

/// <summary>A socket of libzmq. Not thread-safe: one thread uses it from its making to its disposal.</summary>
internal sealed unsafe class ZeroMqSocket : IDisposable
{
    private readonly nint _handle;

    public ZeroMqSocket(nint context, int type)
    {
        _handle = ZeroMq.NewSocket(context, type);
        if (_handle == 0) throw new UserErrorException($"libzmq gives no socket: {ZeroMq.DescribeError()}.");
        SetOption(ZeroMq.Linger, 1000);
    }

    public nint Handle => _handle;

    public void SetOption(int option, int value) => ZeroMq.SetOption(_handle, option, in value, sizeof(int));

    /// <exception cref="UserErrorException">The address is taken or not of this machine.</exception>
    public void Bind(string endpoint)
    {
        if (ZeroMq.Bind(_handle, endpoint) != 0) throw new UserErrorException($"The kernel cannot listen at {endpoint}: {ZeroMq.DescribeError()}.");
    }

    public void Connect(string endpoint)
    {
        if (ZeroMq.Connect(_handle, endpoint) != 0) throw new UserErrorException($"The kernel cannot reach {endpoint}: {ZeroMq.DescribeError()}.");
    }

    /// <summary>Sends all frames as one message. False when the other side cannot take it: nothing has been sent then.</summary>
    public bool Send(IReadOnlyList<byte[]> frames, bool wait = true)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            // Whether there is room shows with the first frame.
            if (!SendFrame(frames[i], (i < frames.Count - 1 ? ZeroMq.SendMore : 0) | (wait || i > 0 ? 0 : ZeroMq.DontWait))) return false;
        }

        return true;
    }

    private bool SendFrame(byte[] frame, int flags)
    {
        fixed (byte* data = frame)
        {
            while (ZeroMq.Send(_handle, data, (nuint)frame.Length, flags) < 0)
            {
                if (ZeroMq.Error() != ZeroMq.Interrupted) return false;
            }
        }

        return true;
    }

    /// <summary>The next message's frames; null when none is there (or ever will be: the context has ended).</summary>
    public IReadOnlyList<byte[]>? Receive(bool wait)
    {
        List<byte[]> frames = [];
        do
        {
            if (ReceiveFrame(wait || frames.Count > 0 ? 0 : ZeroMq.DontWait) is not { } frame) return null;
            frames.Add(frame);
        }
        while (HasMore);
        return frames;
    }

    private bool HasMore
    {
        get
        {
            nuint size = sizeof(int);
            return ZeroMq.GetOption(_handle, ZeroMq.ReceiveMore, out var more, ref size) == 0 && more != 0;
        }
    }

    private byte[]? ReceiveFrame(int flags)
    {
        var frame = default(ZeroMq.MessageFrame);
        ZeroMq.InitFrame(ref frame);
        try
        {
            while (ZeroMq.ReceiveFrame(ref frame, _handle, flags) < 0)
            {
                // A signal (Ctrl-C) interrupts a wait; that is no error.
                if (ZeroMq.Error() != ZeroMq.Interrupted) return null;
            }

            return new ReadOnlySpan<byte>(ZeroMq.FrameData(ref frame), (int)ZeroMq.FrameSize(ref frame)).ToArray();
        }
        finally
        {
            ZeroMq.CloseFrame(ref frame);
        }
    }

    public void Dispose() => ZeroMq.CloseSocket(_handle);
}
