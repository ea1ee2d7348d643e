using System.Reflection;
using System.Runtime.InteropServices;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>The few functions of the system's libzmq that the five channels need.</summary>
internal static unsafe partial class ZeroMq
{
    private const string Library = "libzmq";
    private static readonly string[] Names = ["libzmq.so.5", "libzmq.5.dylib", "libzmq.dll", "libzmq"];

    public const int Pair = 0, Publish = 1, Reply = 4, Router = 6;
    public const int DontWait = 1, SendMore = 2;
    public const short PollIn = 1;
    public const int Linger = 17, SendHighWaterMark = 23, RouterHandover = 56, NoDrop = 69, ReceiveMore = 13;
    public const int Interrupted = 4;

    static ZeroMq() => NativeLibrary.SetDllImportResolver(typeof(ZeroMq).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (var candidate in Names)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle)) return handle;
        }

        throw new UserErrorException(
            "Jupyter's protocol needs libzmq, which is not on this machine: install the Debian package libzmq5 (apt-get install libzmq5).");
    }

    /// <summary>Room for a zmq_msg_t: 64 bytes, aligned as a pointer is.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct MessageFrame
    {
        private readonly nint _first;
    }

    /// <summary>A zmq_pollitem_t as Unix has it (Windows keeps a wider descriptor).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollItem
    {
        public nint Socket;
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport(Library, EntryPoint = "zmq_ctx_new")]
    public static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "zmq_ctx_term")]
    public static partial int TerminateContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_ctx_shutdown")]
    public static partial int ShutDownContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_socket")]
    public static partial nint NewSocket(nint context, int type);

    [LibraryImport(Library, EntryPoint = "zmq_close")]
    public static partial int CloseSocket(nint socket);

    [LibraryImport(Library, EntryPoint = "zmq_bind", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Bind(nint socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_connect", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_setsockopt")]
    public static partial int SetOption(nint socket, int option, in int value, nuint size);

    [LibraryImport(Library, EntryPoint = "zmq_getsockopt")]
    public static partial int GetOption(nint socket, int option, out int value, ref nuint size);

    [LibraryImport(Library, EntryPoint = "zmq_send")]
    public static partial int Send(nint socket, byte* data, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_init")]
    public static partial int InitFrame(ref MessageFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_recv")]
    public static partial int ReceiveFrame(ref MessageFrame frame, nint socket, int flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_data")]
    public static partial byte* FrameData(ref MessageFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_size")]
    public static partial nuint FrameSize(ref MessageFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_close")]
    public static partial int CloseFrame(ref MessageFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_poll")]
    public static partial int Poll([In, Out] PollItem[] items, int count, CLong timeout);

    [LibraryImport(Library, EntryPoint = "zmq_errno")]
    public static partial int Error();

    [LibraryImport(Library, EntryPoint = "zmq_strerror")]
    private static partial nint ErrorText(int error);

    public static string DescribeError() => Marshal.PtrToStringUTF8(ErrorText(Error())) ?? "unknown error";
}
