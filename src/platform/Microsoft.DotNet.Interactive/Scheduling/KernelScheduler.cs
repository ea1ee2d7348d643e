namespace Microsoft.DotNet.Interactive;

/// <summary>
/// Runs operations one at a time, in the order in which they came. An operation that is started from inside the running one, or that
/// belongs to it, runs at once: waiting for its turn, it would wait for ever.
/// </summary>
public class KernelScheduler<T, TResult> : IKernelScheduler<T, TResult>, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource end = new();
    private readonly AsyncLocal<Operation?> inside = new();
    private readonly List<(GetDeferredOperationsDelegate Get, KernelSchedulerDelegate<T, TResult> Execute)> deferred = [];
    private volatile Operation? running;
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private int open;

    /// <summary>What is to be run before an operation.</summary>
    /// <param name="operationToExecute">The operation.</param>
    /// <param name="queueName">Its scope.</param>
    public delegate Task<IReadOnlyList<T>> GetDeferredOperationsDelegate(T operationToExecute, string queueName);

    /// <summary>The operation that runs; the default when none does.</summary>
    public T? CurrentValue => running is { } now ? now.Value : default;

    /// <param name="value">The operation.</param>
    /// <param name="onExecuteAsync">Runs it. After a cancellation nobody waits for it any more.</param>
    /// <param name="scope">The name under which deferred operations are asked for.</param>
    /// <param name="cancellationToken">Takes the operation out of the queue, or ends the wait for it.</param>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler runs nothing any more.</exception>
    public Task<TResult> RunAsync(T value, KernelSchedulerDelegate<T, TResult> onExecuteAsync, string scope = "default", CancellationToken cancellationToken = default) =>
        RunAsync(value, (operation, token) => onExecuteAsync(operation).WaitAsync(token), scope, cancellationToken);

    /// <summary>Cancels the operation that runs, and none that waits.</summary>
    public void CancelCurrentOperation()
    {
        try
        {
            running?.Stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended on its own in this very moment.
        }
    }

    /// <summary>Ends when nothing runs and nothing waits.</summary>
    public Task IdleAsync()
    {
        lock (gate) return open == 0 ? Task.CompletedTask : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Has other operations run before each that comes.</summary>
    public void RegisterDeferredOperationSource(GetDeferredOperationsDelegate getDeferredOperations, KernelSchedulerDelegate<T, TResult> kernelSchedulerOnExecuteAsync)
    {
        lock (deferred) deferred.Add((getDeferredOperations, kernelSchedulerOnExecuteAsync));
    }

    public void Dispose()
    {
        end.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether an operation belongs to the one that runs, wherever it comes from.</summary>
    protected virtual bool IsChildOperation(T current, T incoming) => false;

    /// <summary>As the public one; the operation ends by itself when its token says so.</summary>
    internal async Task<TResult> RunAsync(T value, Func<T, CancellationToken, Task<TResult>> execute, string scope, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(end.IsCancellationRequested, this);
        if (running is { } now && (ReferenceEquals(inside.Value, now) || IsChildOperation(now.Value, value))) return await execute(value, cancellationToken);

        lock (gate) open++;
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
            await WaitForTurnAsync(stop.Token);
            try
            {
                running = inside.Value = new Operation(value, stop);
                await RunDeferredAsync(value, scope);
                return await execute(value, stop.Token);
            }
            finally
            {
                running = null;
                turn.Release();
            }
        }
        finally
        {
            lock (gate)
                if (--open == 0)
                {
                    idle?.SetResult();
                    idle = null;
                }
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            throw new TaskCanceledException("The operation was cancelled before its turn came.", e, cancellationToken);
        }
    }

    private async Task RunDeferredAsync(T value, string scope)
    {
        (GetDeferredOperationsDelegate Get, KernelSchedulerDelegate<T, TResult> Execute)[] sources;
        lock (deferred) sources = [.. deferred];
        foreach (var (get, run) in sources)
            foreach (var operation in await get(value, scope)) await run(operation);
    }

    private sealed record Operation(T Value, CancellationTokenSource Stop);
}
