using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// Gives events to observers one at a time, whatever threads they come from. No lock is held while an observer runs:
/// one that writes to the console, or publishes an event itself, waits for nobody.
/// </summary>
internal sealed class EventStream
{
    private readonly Queue<(KernelEvent? Event, IReadOnlyList<EventSource> Observers, TaskCompletionSource? Delivered)> waiting = new();
    private readonly Lock gate = new();
    private bool delivering;

    [ThreadStatic]
    private static bool isObserving;

    /// <summary>Whether this thread is inside an observer.</summary>
    public static bool IsObserving => isObserving;

    public void Publish(KernelEvent @event, IReadOnlyList<EventSource> observers) => Enqueue((@event, observers, null));

    /// <summary>Ends when all that was published before has been delivered.</summary>
    public Task FlushAsync()
    {
        var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue((null, [], delivered));
        return delivered.Task;
    }

    private void Enqueue((KernelEvent? Event, IReadOnlyList<EventSource> Observers, TaskCompletionSource? Delivered) item)
    {
        lock (gate)
        {
            waiting.Enqueue(item);
            if (delivering) return;
            delivering = true;
        }

        while (true)
        {
            lock (gate)
                if (!waiting.TryDequeue(out item))
                {
                    delivering = false;
                    return;
                }

            isObserving = true;
            foreach (var observer in item.Observers) observer.Tell(item.Event!);
            isObserving = false;
            item.Delivered?.SetResult();
        }
    }
}
