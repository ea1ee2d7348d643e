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

    internal KernelInvocationContext(KernelCommand command, Kernel kernel, KernelInvocationContext? outer, CancellationToken cancellationToken)
    {
        Command = command;
        HandlingKernel = kernel;
        Result = new KernelCommandResult(command);
        this.outer = outer;
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outer?.CancellationToken ?? CancellationToken.None);
        CancellationToken = cancellation.Token;
        Ambient.Value = this;
    }

    public static KernelInvocationContext? Current => Ambient.Value;

    public KernelCommand Command { get; }

    public Kernel HandlingKernel { get; internal set; }

    public bool IsComplete { get; private set; }

    /// <summary>Set when the command is interrupted: code that runs for long polls it.</summary>
    public CancellationToken CancellationToken { get; }

    public IObservable<KernelEvent> KernelEvents => events;

    public KernelCommandResult Result { get; }

    /// <summary>The code that is sent from inside the command.</summary>
    internal CommandQueue Inner { get; } = new();

    public void Complete(KernelCommand command)
    {
        if (ReferenceEquals(command, Command)) End(new CommandSucceeded(Command, HandlingKernel.SubmissionCount));
    }

    public void Fail(KernelCommand command, Exception? exception = null, string? message = null)
    {
        var context = this;
        while (context.outer is not null && !ReferenceEquals(context.Command, command)) context = context.outer;
        if (!ReferenceEquals(context.Command, command)) context = this;
        context.End(new CommandFailed(exception, context.Command, message, context.HandlingKernel.SubmissionCount));
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
        var observers = HandlingKernel.Observers.ToList();
        for (var context = this; context is not null; context = context.outer)
            if (context.Record(@event)) observers.Add(context.events);
        HandlingKernel.Stream.Publish(@event, observers);
    }

    /// <inheritdoc cref="Publish(KernelEvent)"/>
    /// <param name="event">The event.</param>
    /// <param name="publishOnAmbientContextOnly">Whether only those shall see it who observe the command itself.</param>
    public void Publish(KernelEvent @event, bool publishOnAmbientContextOnly)
    {
        if (!publishOnAmbientContextOnly) Publish(@event);
        else if (Record(@event)) HandlingKernel.Stream.Publish(@event, [events]);
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
        HandlingKernel.Stream.Publish(@event, outer is null ? [.. HandlingKernel.Observers, events] : [events]);
    }
}
