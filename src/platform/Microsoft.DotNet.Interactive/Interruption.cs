namespace Microsoft.DotNet.Interactive;

internal static class Interruption
{
    /// <summary>Waits for a task to end; after an interrupt only for a while, because nothing in .NET can be made to stop.</summary>
    /// <exception cref="OperationCanceledException">The task goes on, and nobody waits for it any more.</exception>
    public static async Task WaitAsync(Task run, TimeSpan grace, CancellationToken cancellationToken)
    {
        await Task.WhenAny(run, Task.Delay(Timeout.Infinite, cancellationToken));
        if (!run.IsCompleted) await Task.WhenAny(run, Task.Delay(grace, CancellationToken.None));
        if (!run.IsCompleted) throw new OperationCanceledException(cancellationToken);
        await run;
    }
}
