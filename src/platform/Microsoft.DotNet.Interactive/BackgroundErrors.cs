using System.Runtime.ExceptionServices;

namespace Microsoft.DotNet.Interactive;

/// <summary>An exception on a thread that a cell has started ends that thread, not the notebook.</summary>
internal static class BackgroundErrors
{
    private static readonly Lazy<bool> Once = new(() =>
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Tell);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // The host has a handler of its own.
        }
    });

    public static void Install() => _ = Once.Value;

    private static bool Tell(Exception exception)
    {
        // Only what a cell has started; the host's own failures are the host's. A timer and a finalizer do not say which cell that was.
        if (KernelInvocationContext.Current is null && !ErrorText.IsFromACell(exception)) return false;
        try
        {
            Console.Error.WriteLine(ErrorText.Of(exception));
        }
        catch (OperationCanceledException)
        {
            // The cell was interrupted, and its threads end silently.
        }

        return true;
    }
}
