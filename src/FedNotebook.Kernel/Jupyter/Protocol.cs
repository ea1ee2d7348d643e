using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FedNotebook.Kernel.Jupyter;

/// <summary>What all parts of the protocol's implementation share.</summary>
internal static class Protocol
{
    public const string Version = "5.3";

    // Not Console.Error: on Unix each of its writes takes the lock of Console.Out, which a cell holds while it prints, even while
    // it waits for the very thread that has something to log.
    private static readonly Stream Errors =
        OperatingSystem.IsWindows() ? Console.OpenStandardError() : new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>A line for whoever looks into the front end's log.</summary>
    public static void Log(string line)
    {
        try
        {
            lock (Errors) Errors.Write(Encoding.UTF8.GetBytes($"fednb: {line}\n"));
        }
        catch (IOException)
        {
            // Nobody listens.
        }
    }
}
