namespace FedNotebook;

/// <summary>The rows of a data set that go to one worker.</summary>
internal readonly record struct Share(BaseWorker Worker, long Start, long Length)
{
    /// <summary>Gives each worker the next rows/workers rows, rounded up; workers for whom nothing is left get no share.</summary>
    /// <exception cref="ArgumentException">There is no worker, or one comes twice.</exception>
    internal static IReadOnlyList<Share> Contiguous(long rows, IEnumerable<BaseWorker> workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        BaseWorker[] all = [.. workers];
        if (all.Length == 0)
            throw new ArgumentException("There is no worker to share the data among: federate(bob, alice).", nameof(workers));

        if (all.Contains(null))
            throw new ArgumentException("One of the workers to share the data among is null.", nameof(workers));

        if (all.CountBy(worker => worker.id).FirstOrDefault(times => times.Value > 1).Key is { } twice)
            throw new ArgumentException($"The worker {twice} is named more than once; name each worker once.", nameof(workers));

        var most = (rows + all.Length - 1) / all.Length;
        return [.. all
            .Select((worker, i) => new Share(worker, i * most, Math.Min(most, rows - (i * most))))
            .Where(share => share.Length > 0)];
    }
}
