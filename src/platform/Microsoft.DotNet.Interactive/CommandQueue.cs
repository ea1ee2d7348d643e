namespace Microsoft.DotNet.Interactive;

/// <summary>Runs the commands of a tree of kernels one at a time, in the order in which they came.</summary>
internal sealed class CommandQueue
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile CancellationTokenSource? running;

    public async Task<KernelCommandResult> RunAsync(Func<CancellationToken, Task<KernelCommandResult>> run, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            running = stop;
            return await run(stop.Token);
        }
        finally
        {
            running = null;
            turn.Release();
        }
    }

    public void CancelRunning()
    {
        try
        {
            running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command ended on its own in this very moment.
        }
    }
}
