using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>Stands for a kernel in another process: commands go there, and what happens there happens here.</summary>
public sealed class ProxyKernel : Kernel
{
    private static readonly Type[] AlwaysForwarded =
    [
        typeof(SubmitCode), typeof(SendValue), typeof(RequestValue), typeof(RequestValueInfos), typeof(RequestCompletions), typeof(RequestDiagnostics), typeof(RequestHoverText), typeof(RequestSignatureHelp),
        typeof(RequestKernelInfo),
    ];

    private readonly IKernelCommandAndEventSender sender;
    private readonly IKernelCommandAndEventReceiver receiver;

    /// <param name="name">The name here.</param>
    /// <param name="sender">Tells the other process.</param>
    /// <param name="receiver">Hears the other process.</param>
    /// <param name="remoteUri">The address of the other kernel; that of its process where it is not given.</param>
    public ProxyKernel(string name, IKernelCommandAndEventSender sender, IKernelCommandAndEventReceiver receiver, Uri? remoteUri = null)
        : base(name)
    {
        (this.sender, this.receiver) = (sender, receiver);
        KernelInfo.IsProxy = true;
        KernelInfo.RemoteUri = remoteUri ?? sender.RemoteHostUri;
        foreach (var type in AlwaysForwarded) Forward(type);
        RegisterForDisposal(receiver.Subscribe(new Ear(Hear)));
    }

    /// <summary>Takes over what is known of the other kernel: its language, and what it can do.</summary>
    public void UpdateKernelInfo(KernelInfo kernelInfo)
    {
        (KernelInfo.LanguageName, KernelInfo.LanguageVersion, KernelInfo.IsComposite) = (kernelInfo.LanguageName, kernelInfo.LanguageVersion, kernelInfo.IsComposite);
        (KernelInfo.DisplayName, KernelInfo.Description) = (kernelInfo.DisplayName, kernelInfo.Description);
        foreach (var command in kernelInfo.SupportedKernelCommands)
            if (KernelCommandEnvelope.Find(command.Name) is { } type) Forward(type);
            else KernelInfo.SupportedKernelCommands.Add(command);
    }

    protected override Func<TCommand, KernelInvocationContext, Task> CreateDefaultHandlerForCommandType<TCommand>() => ForwardAsync;

    private void Forward(Type commandType)
    {
        // It could answer for itself what it is; the other one knows.
        if (!SupportsCommandType(commandType) || commandType == typeof(RequestKernelInfo)) typeof(Kernel).GetMethod(nameof(RegisterCommandType))!.MakeGenericMethod(commandType).Invoke(this, null);
    }

    private async Task ForwardAsync<TCommand>(TCommand command, KernelInvocationContext context)
        where TCommand : KernelCommand
    {
        var token = command.GetOrCreateToken();
        var end = new TaskCompletionSource<KernelEvent?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = receiver.Subscribe(new Ear(heard =>
        {
            if (heard.Event is not { } @event || !IsAbout(@event, token)) return;
            var isItself = @event.Command.GetOrCreateToken() == token;
            if (isItself && @event is KernelCommandCompletionEvent)
            {
                end.TrySetResult(@event);
                return;
            }

            if (isItself) @event.Command = command;
            if (@event is KernelInfoProduced { KernelInfo: { } info } && info.Uri == KernelInfo.RemoteUri) UpdateKernelInfo(info);
            context.Publish(@event);
        }, () => end.TrySetResult(null)));

        await sender.SendAsync(ForTheOtherSide(command), context.CancellationToken);
        switch (await EndAsync(end.Task, context.CancellationToken))
        {
            case null:
                context.Fail(command, message: $"The process behind the kernel '{Name}' has gone.");
                break;
            case CommandFailed failure:
                context.Fail(command, message: failure.Message);
                break;
        }
    }

    private async Task<KernelEvent?> EndAsync(Task<KernelEvent?> end, CancellationToken cancellationToken)
    {
        try
        {
            return await end.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await sender.SendAsync(new Cancel { DestinationUri = KernelInfo.RemoteUri, OriginUri = KernelInfo.Uri }, CancellationToken.None);
            throw;
        }
    }

    private KernelCommand ForTheOtherSide(KernelCommand command)
    {
        var copy = KernelCommandEnvelope.Deserialize(KernelCommandEnvelope.Serialize(command))!.Command;
        copy.TargetKernelName = null;
        (copy.DestinationUri, copy.OriginUri) = (KernelInfo.RemoteUri, KernelInfo.Uri);
        return copy;
    }

    // The other kernel may ask this side: for input, say.
    private void Hear(CommandOrEvent heard)
    {
        if (heard.Command is not { } command || command.DestinationUri != KernelInfo.Uri) return;
        _ = Task.Run(async () =>
        {
            command.DestinationUri = null;
            var result = await RootKernel.SendAsync(command);
            foreach (var @event in result.Events) await sender.SendAsync(@event, CancellationToken.None);
        });
    }

    private static bool IsAbout(KernelEvent @event, string token) =>
        @event.Command is not (null or NoCommand) && (@event.Command.GetOrCreateToken() is var its) && (its == token || its.StartsWith(token + ".", StringComparison.Ordinal));

    private sealed class Ear(Action<CommandOrEvent> hear, Action? end = null) : IObserver<CommandOrEvent>
    {
        public void OnNext(CommandOrEvent value) => hear(value);

        public void OnCompleted() => end?.Invoke();

        public void OnError(Exception error) => end?.Invoke();
    }
}
