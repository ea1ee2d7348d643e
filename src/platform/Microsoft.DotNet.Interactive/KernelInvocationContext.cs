using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive;

/// <summary>What is known while a command runs; a command that was sent from inside it has a context inside this one.</summary>
public class KernelInvocationContext : IDisposable
{
    private static readonly AsyncLocal<KernelInvocationContext?> Ambient = new();

    private readonly KernelInvocationContext? outer;
    private readonly CancellationTokenSource cancellation;
    private readonly EventSource events = new();
    private readonly List<Action<KernelInvocationContext>> whenComplete = [];
    private readonly Lock gate = new();
    private EventStream? own;

    internal KernelInvocationContext(KernelCommand command, Kernel? kernel, KernelInvocationContext? outer, CancellationToken cancellationToken)
    {
        Command = command;
        HandlingKernel = kernel!;
        Result = new KernelCommandResult(command);
        this.outer = outer;
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outer?.CancellationToken ?? CancellationToken.None);
        CancellationToken = cancellation.Token;
        command.RunningIn = this;
        Ambient.Value = this;
    }

    public static KernelInvocationContext? Current => Ambient.Value;

    public KernelCommand Command { get; }

    /// <summary>The kernel that runs the command; null in a context that was made without one.</summary>
    public Kernel HandlingKernel { get; internal set; }

    public bool IsComplete { get; private set; }

    /// <summary>Set when the command is interrupted: code that runs for long polls it.</summary>
    public CancellationToken CancellationToken { get; }

    public IObservable<KernelEvent> KernelEvents => events;

    public KernelCommandResult Result { get; }

    private EventStream Stream => HandlingKernel?.Stream ?? (own ??= new EventStream());

    /// <summary>The code that is sent from inside the command.</summary>
    internal KernelCommandScheduler Inner { get; } = new();

    /// <summary>The context of what runs here and now; where nothing does, a new one for a command that no kernel runs.</summary>
    /// <param name="command">The command for a new context; it has to be completed, failed or disposed by who asked for it.</param>
    /// <param name="contextsByRootToken">Contexts by the token of the command that all began with: one that is there is entered again, a new one is added.</param>
    public static KernelInvocationContext GetOrCreateAmbientContext(KernelCommand command, ConcurrentDictionary<string, KernelInvocationContext>? contextsByRootToken = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (Current is { IsComplete: false } current) return current;
        var token = command.GetOrCreateToken().Split('.')[0];
        if (contextsByRootToken is not null && contextsByRootToken.TryGetValue(token, out var known) && !known.IsComplete)
        {
            Ambient.Value = known;
            return known;
        }

        var context = new KernelInvocationContext(command, null, null, CancellationToken.None);
        if (contextsByRootToken is not null)
        {
            contextsByRootToken[token] = context;
            context.OnComplete(_ => contextsByRootToken.TryRemove(token, out var _));
        }

        return context;
    }

    public void Complete(KernelCommand command)
    {
        if (ReferenceEquals(command, Command)) End(new CommandSucceeded(Command, HandlingKernel?.SubmissionCount ?? 0));
    }

    public void Fail(KernelCommand command, Exception? exception = null, string? message = null)
    {
        var context = this;
        while (context.outer is not null && !ReferenceEquals(context.Command, command)) context = context.outer;
        if (!ReferenceEquals(context.Command, command)) context = this;
        context.End(new CommandFailed(exception, context.Command, message, context.HandlingKernel?.SubmissionCount));
    }

    public void OnComplete(Action<KernelInvocationContext> onComplete)
    {
        lock (gate)
            if (!IsComplete)
            {
                whenComplete.Add(onComplete);
                return;
            }

        onComplete(this);
    }

    /// <summary>
    /// Makes an event known to the observers of the command, of the commands around it, and of the kernel. After the
    /// command has ended only the kernel's observers see it: a display may be updated, and a thread may print, at any time.
    /// </summary>
    public void Publish(KernelEvent @event)
    {
        @event.Publisher ??= HandlingKernel;
        var observers = Command.IsQuiet ? [] : HandlingKernel?.Observers.ToList() ?? [];
        for (var context = this; context is not null; context = context.Command.IsQuiet ? null : context.outer)
            if (context.Record(@event)) observers.Add(context.events);
        Stream.Publish(@event, observers);
    }

    /// <inheritdoc cref="Publish(KernelEvent)"/>
    /// <param name="event">The event.</param>
    /// <param name="publishOnAmbientContextOnly">Whether only those shall see it who observe the command itself.</param>
    public void Publish(KernelEvent @event, bool publishOnAmbientContextOnly)
    {
        if (!publishOnAmbientContextOnly) Publish(@event);
        else if (Record(@event)) Stream.Publish(@event, [events]);
    }

    public void Dispose()
    {
        Complete(Command);
        cancellation.Dispose();
        if (ReferenceEquals(Ambient.Value, this)) Ambient.Value = outer;
        GC.SuppressFinalize(this);
    }

    /// <summary>An abandoned cell that goes on printing ends here.</summary>
    internal void ThrowIfInterrupted()
    {
        if (IsComplete) CancellationToken.ThrowIfCancellationRequested();
    }

    private bool Record(KernelEvent @event)
    {
        lock (gate)
        {
            if (IsComplete) return false;
            Result.Add(@event);
            return true;
        }
    }

    private void End(KernelCommandCompletionEvent @event)
    {
        Action<KernelInvocationContext>[] actions;
        lock (gate)
        {
            if (IsComplete) return;
            actions = [.. whenComplete];
            whenComplete.Clear();
        }

        foreach (var action in actions) action(this);
        lock (gate)
        {
            if (!Record(@event)) return;
            IsComplete = true;
        }

        // The end of an inner command is a matter between it and its sender.
        @event.Publisher ??= HandlingKernel;
        Stream.Publish(@event, outer is null && HandlingKernel is { } kernel ? [.. kernel.Observers, events] : [events]);
        if (ReferenceEquals(Command.RunningIn, this)) Command.RunningIn = null;
    }
}
