using System.Reactive.Disposables;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>Opens a kernel to another process: commands that come are run, and every event goes back.</summary>
public class KernelHost : IDisposable
{
    private readonly CompositeKernel kernel;
    private readonly IKernelCommandAndEventSender sender;
    private readonly IKernelCommandAndEventReceiver receiver;
    private readonly CompositeDisposable connection = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private Task sending = Task.CompletedTask;
    private bool isConnected;

    internal KernelHost(CompositeKernel kernel, IKernelCommandAndEventSender sender, IKernelCommandAndEventReceiver receiver, Uri hostUri)
    {
        ArgumentNullException.ThrowIfNull(hostUri);
        (this.kernel, this.sender, this.receiver, Uri) = (kernel, sender, receiver, hostUri);
        kernel.SetHost(this);
        kernel.RegisterForDisposal(this);
    }

    /// <summary>The address of this process.</summary>
    public Uri Uri { get; }

    public static Uri CreateHostUri(string name) => new($"kernel://{name}");

    public static Uri CreateHostUriForCurrentProcessId() => CreateHostUriForProcessId(Environment.ProcessId);

    public static Uri CreateHostUriForProcessId(int processId) => CreateHostUri($"pid-{processId}");

    /// <summary>Begins to listen, and tells the other process which kernels there are.</summary>
    /// <exception cref="InvalidOperationException">The host listens already.</exception>
    public async Task ConnectAsync()
    {
        lock (gate)
        {
            if (isConnected) throw new InvalidOperationException("The host is connected already.");
            isConnected = true;
        }

        connection.Add(kernel.KernelEvents.Subscribe(new Listener<KernelEvent>(Send, () => { })));
        connection.Add(receiver.Subscribe(new Listener<CommandOrEvent>(Hear, () => ended.TrySetResult())));
        Send(new KernelReady([.. kernel.FindKernels(_ => true).Select(k => k.KernelInfo)]));
        await sending;
    }

    /// <summary>As <see cref="ConnectAsync"/>; ends when the other process has gone, or the host is disposed.</summary>
    public async Task ConnectAndWaitAsync()
    {
        await ConnectAsync();
        await ended.Task;
    }

    /// <summary>Adds a kernel that stands for one elsewhere.</summary>
    /// <param name="localName">Its name here.</param>
    /// <param name="createKernelAsync">Makes it, given its name.</param>
    /// <param name="remoteKernelUri">The address of the other one.</param>
    /// <param name="aliases">Other names here.</param>
    public async Task<ProxyKernel> ConnectProxyKernelAsync(string localName, Func<string, Task<ProxyKernel>> createKernelAsync, Uri remoteKernelUri, string[]? aliases = null)
    {
        var proxy = await createKernelAsync(localName);
        proxy.KernelInfo.RemoteUri = remoteKernelUri;
        kernel.Add(proxy, aliases);
        return proxy;
    }

    /// <summary>Adds a kernel that stands for one in the process that this host is connected with.</summary>
    /// <inheritdoc cref="ConnectProxyKernelAsync"/>
    public Task<ProxyKernel> ConnectProxyKernelOnDefaultConnectorAsync(string localName, Uri remoteKernelUri, string[]? aliases = null) =>
        ConnectProxyKernelAsync(localName, name => Task.FromResult(new ProxyKernel(name, sender, receiver, remoteKernelUri)), remoteKernelUri, aliases);

    public void Dispose()
    {
        end.Cancel();
        connection.Dispose();
        ended.TrySetResult();
        GC.SuppressFinalize(this);
    }

    private void Hear(CommandOrEvent heard)
    {
        // A proxy is asked by the address that it gave.
        if (heard.Command is { } command && (command.DestinationUri is not { } uri || !kernel.FindKernels(k => k is ProxyKernel && k.KernelInfo.Uri == uri).Any())) _ = RunAsync(command);
        else if (heard is { IsParseError: true, Event: { } error }) Send(error);
    }

    private async Task RunAsync(KernelCommand command)
    {
        try
        {
            // Its context is a thing of the other process.
            var running = Task.Run(() => kernel.SendAsync(command, end.Token));
            await running;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            Send(new CommandFailed(e, command, "The command was cancelled."));
        }
    }

    // One after the other, in the order in which they happened.
    private void Send(KernelEvent @event)
    {
        lock (gate) sending = SendAfterAsync(sending, @event);
    }

    private async Task SendAfterAsync(Task before, KernelEvent @event)
    {
        await before;
        try
        {
            await sender.SendAsync(@event, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            ended.TrySetResult(); // Nobody listens any more.
        }
    }

    private sealed class Listener<T>(Action<T> hear, Action end) : IObserver<T>
    {
        public void OnNext(T value) => hear(value);

        public void OnCompleted() => end();

        public void OnError(Exception error) => end();
    }
}
