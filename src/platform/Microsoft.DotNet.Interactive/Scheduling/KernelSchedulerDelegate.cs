namespace Microsoft.DotNet.Interactive;

/// <summary>Runs an operation.</summary>
public delegate Task<TResult> KernelSchedulerDelegate<T, TResult>(T value);
