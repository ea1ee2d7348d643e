using System.Collections.Immutable;
using System.Reactive.Disposables;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>Those who watch a kernel or a command. The failure of one of them is neither the cell's nor the others'.</summary>
internal sealed class EventSource : IObservable<KernelEvent>
{
    private ImmutableArray<IObserver<KernelEvent>> observers = [];

    public IDisposable Subscribe(IObserver<KernelEvent> observer)
    {
        ImmutableInterlocked.Update(ref observers, all => all.Add(observer));
        return Disposable.Create(() => ImmutableInterlocked.Update(ref observers, all => all.Remove(observer)));
    }

    public void Tell(KernelEvent @event) => ForEach(observer => observer.OnNext(@event));

    public void End()
    {
        ForEach(observer => observer.OnCompleted());
        ImmutableInterlocked.Update(ref observers, _ => []);
    }

    private void ForEach(Action<IObserver<KernelEvent>> tell)
    {
        foreach (var observer in observers)
            try
            {
                tell(observer);
            }
            catch (Exception e)
            {
                ConsoleCapture.Error.WriteLine($"An observer of a kernel's events failed: {e.Message}");
            }
    }
}
