namespace Microsoft.DotNet.Interactive;

/// <summary>Gives operations their turns.</summary>
public interface IKernelScheduler<T, TResult>
{
    Task<TResult> RunAsync(T value, KernelSchedulerDelegate<T, TResult> onExecuteAsync, string scope = "default", CancellationToken cancellationToken = default);
}
