using System.IO.Pipes;
using System.Text;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Tells another process commands and events as JSON, a message a line.</summary>
public class KernelCommandAndEventSender : IKernelCommandAndEventSender
{
    private readonly Func<string, CancellationToken, Task> send;

    public KernelCommandAndEventSender(Func<string, CancellationToken, Task> sendAsync, Uri remoteHostUri)
    {
        send = sendAsync ?? throw new ArgumentNullException(nameof(sendAsync));
        RemoteHostUri = remoteHostUri ?? throw new ArgumentNullException(nameof(remoteHostUri));
    }

    public KernelCommandAndEventSender(IObserver<string> observer, Uri remoteHostUri)
        : this((message, _) => Tell(observer, message), remoteHostUri)
    {
    }

    public Uri RemoteHostUri { get; }

    public static KernelCommandAndEventSender FromNamedPipe(PipeStream pipeStream, Uri remoteHostUri) =>
        FromTextWriter(new StreamWriter(pipeStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), remoteHostUri);

    public static KernelCommandAndEventSender FromObserver(IObserver<string> observer, Uri remoteHostUri) => new(observer, remoteHostUri);

    public static KernelCommandAndEventSender FromTextWriter(TextWriter writer, Uri remoteHostUri)
    {
        // Messages come from many threads; each is a line of its own.
        var gate = new SemaphoreSlim(1, 1);
        return new(async (message, cancellationToken) =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                await writer.WriteAsync(message + "\n");
                await writer.FlushAsync(CancellationToken.None);
            }
            finally
            {
                gate.Release();
            }
        }, remoteHostUri);
    }

    public Task SendAsync(KernelCommand kernelCommand, CancellationToken cancellationToken) => send(KernelCommandEnvelope.Serialize(kernelCommand), cancellationToken);

    public Task SendAsync(KernelEvent kernelEvent, CancellationToken cancellationToken) => send(KernelEventEnvelope.Serialize(kernelEvent), cancellationToken);

    private static Task Tell(IObserver<string> observer, string message)
    {
        observer.OnNext(message);
        return Task.CompletedTask;
    }
}
