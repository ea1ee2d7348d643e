using System.Runtime.CompilerServices;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>What the code of cells calls where <see cref="CellWatch"/> has put it.</summary>
internal static unsafe class CellRuntime
{
    // What a program has on most systems. A thread that a cell starts itself has no more than that in all.
    private const nint Room = 8 << 20;

    // An exception takes time in the square of the number of async methods it comes back through, and stack for every
    // handler that throws it again.
    private const nint RoomOfStateMachines = 512 << 10, RoomOfCatching = 512 << 10, RoomOfCatchingElsewhere = 32 << 10;

    private const int ThreadSize = 256 << 20;

    [ThreadStatic]
    private static nint top;

    [ThreadStatic]
    private static bool isLarge;

    [ThreadStatic]
    private static CancellationToken told;

    /// <summary>Starts a cell on a thread with a stack that has room for what goes wrong at the end of a recursion.</summary>
    public static Task<T> Start<T>(Func<Task<T>> run)
    {
        var started = new TaskCompletionSource<Task<T>>();
        new Thread(() =>
        {
            isLarge = true;
            try
            {
                started.SetResult(run());
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        }, ThreadSize) { IsBackground = true, Name = "cell" }.Start();
        return started.Task.Unwrap();
    }

    /// <summary>A recursion without end is an exception, and not the end of the process.</summary>
    /// <exception cref="InsufficientExecutionStackException">The stack is full.</exception>
    /// <exception cref="OperationCanceledException">The cell shall stop.</exception>
    public static void EnterMethod(CancellationToken stop)
    {
        Enter(Room);
        ThrowOnce(stop);
    }

    /// <summary>The same for a method that catches exceptions.</summary>
    public static void EnterCatching(CancellationToken stop)
    {
        Enter(isLarge ? RoomOfCatching : RoomOfCatchingElsewhere);
        ThrowOnce(stop);
    }

    /// <summary>The same for an async method and an iterator, which may be inside a `try` already and so do not stop here.</summary>
    public static void EnterStateMachine() => Enter(RoomOfStateMachines);

    /// <summary>Where a cell jumps back, as a loop does.</summary>
    /// <exception cref="OperationCanceledException">The cell shall stop.</exception>
    public static void JumpBack(CancellationToken stop)
    {
        if (!stop.IsCancellationRequested) return;
        told = stop;
        stop.ThrowIfCancellationRequested();
    }

    // What a cell cleans up when it is told to stop calls methods too.
    private static void ThrowOnce(CancellationToken stop)
    {
        if (!stop.IsCancellationRequested || told == stop) return;
        told = stop;
        stop.ThrowIfCancellationRequested();
    }

    private static void Enter(nint room)
    {
        nint here;
        here = (nint)(&here);
        if (here > top) top = here;
        else if (top - here > room) throw TooDeep();
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private static InsufficientExecutionStackException TooDeep() => new("The calls are nested too deeply: is this a recursion without end?");

    /// <summary>Ending the process is not for a cell to do: all that the notebook holds would be lost.</summary>
    public static void Exit(int exitCode) => throw new InvalidOperationException(
        $"Environment.Exit({exitCode}) would end the notebook's kernel and lose all that it holds. Leave it out, or stop the kernel.");

    /// <inheritdoc cref="Exit"/>
    public static void FailFast(string? message) => FailFast(message, null);

    /// <inheritdoc cref="Exit"/>
    public static void FailFast(string? message, Exception? exception) => throw new InvalidOperationException(
        $"Environment.FailFast would end the notebook's kernel and lose all that it holds{(string.IsNullOrEmpty(message) ? "." : $": {message}")}", exception);

    /// <summary>
    /// Writes what clears a terminal: .NET writes it only where standard output is a terminal, and never through
    /// <see cref="Console.Out"/>, so that nobody would hear of it.
    /// </summary>
    public static void Clear() => Console.Write("\u001b[H\u001b[2J");
}
