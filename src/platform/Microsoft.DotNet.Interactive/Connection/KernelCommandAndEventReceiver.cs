using System.Collections.Immutable;
using System.IO.Pipes;
using System.Reactive.Disposables;
using System.Text;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Hears commands and events of another process; it begins to read when the first observer comes, and reads for all.</summary>
public class KernelCommandAndEventReceiver : IKernelCommandAndEventReceiver, IDisposable
{
    private readonly ReadCommandOrEventAsync read;
    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private ImmutableArray<IObserver<CommandOrEvent>> observers = [];
    private Task? loop;
    private bool hasEnded;

    public KernelCommandAndEventReceiver(ReadCommandOrEvent readCommandOrEvent)
        : this(token => Task.FromResult(readCommandOrEvent(token)))
    {
    }

    public KernelCommandAndEventReceiver(ReadCommandOrEventAsync readCommandOrEvent) => read = readCommandOrEvent ?? throw new ArgumentNullException(nameof(readCommandOrEvent));

    public static KernelCommandAndEventReceiver FromNamedPipe(PipeStream stream) => FromTextReader(new StreamReader(stream, Encoding.UTF8));

    public static KernelCommandAndEventReceiver FromObservable(IObservable<string> messages)
    {
        var queue = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var subscription = messages.Subscribe(new ToChannel(queue.Writer));
        var receiver = new KernelCommandAndEventReceiver(async token =>
            await queue.Reader.WaitToReadAsync(token) && queue.Reader.TryRead(out var message) ? Serializer.DeserializeCommandOrEvent(message) : null!);
        receiver.end.Token.Register(subscription.Dispose);
        return receiver;
    }

    public static KernelCommandAndEventReceiver FromTextReader(TextReader reader) => new(async token =>
    {
        string? line;
        do line = await reader.ReadLineAsync(token);
        while (line is not null && string.IsNullOrWhiteSpace(line));
        return line is null ? null! : Serializer.DeserializeCommandOrEvent(line);
    });

    public IDisposable Subscribe(IObserver<CommandOrEvent> observer)
    {
        lock (gate)
        {
            if (hasEnded)
            {
                observer.OnCompleted();
                return Disposable.Empty;
            }

            observers = observers.Add(observer);
            // What comes is not a part of the cell that happens to be the first to listen.
            using (ExecutionContext.SuppressFlow()) loop ??= Task.Run(ReadAsync);
        }

        return Disposable.Create(() => Forget(observer));
    }

    public void Dispose()
    {
        end.Cancel();
        GC.SuppressFinalize(this);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!end.IsCancellationRequested && await read(end.Token) is { } next)
                foreach (var observer in observers) observer.OnNext(next);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The other side is gone, or this one has had enough.
        }

        lock (gate) hasEnded = true;
        foreach (var observer in observers) observer.OnCompleted();
    }

    private void Forget(IObserver<CommandOrEvent> observer)
    {
        lock (gate) observers = observers.Remove(observer);
    }

    private sealed class ToChannel(System.Threading.Channels.ChannelWriter<string> channel) : IObserver<string>
    {
        public void OnNext(string value) => channel.TryWrite(value);

        public void OnCompleted() => channel.TryComplete();

        public void OnError(Exception error) => channel.TryComplete();
    }
}
