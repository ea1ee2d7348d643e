using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Parsing;

namespace Microsoft.DotNet.Interactive;

// How a command finds its way: the queue, the split into directives and code, the middleware, the handler.
public abstract partial class Kernel
{
    // What a handler has to end in when it is interrupted; a cell takes a part of it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<KernelCommandResult>(cancellationToken);

        // A command that is sent from inside a running one belongs to it; waiting for its turn would wait for ever.
        if (ContextAround(command) is { } current)
            // Code that is sent several times at once still runs one after the other: each sees what the one before has declared.
            return command is SubmitCode
                ? current.Inner.RunAsync(command, (_, token) => RunAsync(command, current, token), command.TargetKernelName ?? Name, cancellationToken)
                : RunAsync(command, current, cancellationToken);

        return NeedsNoTurn(command)
            ? RunAsync(command, null, cancellationToken)
            : Scheduler.RunAsync(command, (_, token) => RunAsync(command, null, token), command.TargetKernelName ?? Name, cancellationToken);
    }

    // The command that sends, or the one that was said to be the parent while it runs.
    private KernelInvocationContext? ContextAround(KernelCommand command)
    {
        if (KernelInvocationContext.Current is { IsComplete: false } current && current.HandlingKernel?.RootKernel == RootKernel) return current;
        for (var parent = command.Parent; parent is not null; parent = parent.Parent)
            if (parent.RunningIn is { IsComplete: false } around && around.HandlingKernel?.RootKernel == RootKernel) return around;
        return null;
    }

    /// <summary>Asks another kernel something that is not for those who watch: the values that a completion lists, say.</summary>
    internal Task<KernelCommandResult> AskQuietlyAsync(KernelCommand question)
    {
        question.IsQuiet = true;
        return SendAsync(question);
    }

    internal virtual Kernel FindTargetOf(KernelCommand command) =>
        IsMeantBy(command) ? this : throw new NoSuitableKernelException(command);

    // A tree of kernels that is named may leave the command to one of its kernels.
    private bool IsMeantBy(KernelCommand command) =>
        (command.DestinationUri is { } uri ? uri == KernelInfo.Uri : command.TargetKernelName is not { } name || IsNamed(name))
        || ParentKernel?.IsMeantBy(command) == true;

    internal bool IsNamed(string name) => name == Name || KernelInfo.Aliases.Contains(name);

    internal bool HandlesItself(KernelCommand command) => command.Handler is not null || handlers.ContainsKey(command.GetType())
        || command.GetType().GetMethod(nameof(KernelCommand.InvokeAsync))!.DeclaringType != typeof(KernelCommand);

    private static bool NeedsNoTurn(KernelCommand command) => command is Cancel or Quit or DisplayValue or UpdateDisplayedValue or DisplayError
        or RequestKernelInfo or RequestInput or RequestInputs or RequestDiagnostics or LanguageServiceCommand;

    private async Task<KernelCommandResult> RunAsync(KernelCommand command, KernelInvocationContext? outer, CancellationToken cancellationToken)
    {
        if (command.Parent is null && outer is not null) command.SetParent(outer.Command);
        if (outer is null && command is SubmitCode) RootKernel.CellCount++;
        using var context = new KernelInvocationContext(command, this, outer, cancellationToken);
        try
        {
            // Off the sender's thread: a cell may compute for minutes before its first await.
            var parts = outer is null ? Task.Run(() => RunPartsAsync(command, context), CancellationToken.None) : RunPartsAsync(command, context);
            if (outer is null) await Interruption.WaitAsync(parts, Grace, context.CancellationToken);
            else await parts;
            context.Complete(command);
        }
        catch (OperationCanceledException e) when (context.CancellationToken.IsCancellationRequested)
        {
            context.Fail(command, e, "The command was cancelled.");
        }
        catch (Exception e)
        {
            context.Fail(command, e, ErrorText.Of(e));
        }

        if (outer is null) await Stream.FlushAsync();
        return context.Result;
    }

    private async Task RunPartsAsync(KernelCommand command, KernelInvocationContext context)
    {
        IReadOnlyList<KernelCommand> parts;
        try
        {
            parts = command is SubmitCode submission
                ? submission.IsPart ? [submission] : await SubmissionParser.SplitSubmission(submission)
                : await EditorQuestions.SplitAsync(this, command, context);
        }
        catch (DirectiveException e)
        {
            context.Publish(DiagnosticsProduced.Of(e.Diagnostics, command));
            context.Fail(command, message: e.Message);
            return;
        }

        foreach (var part in parts)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ReferenceEquals(part, command)) await GoThroughMiddlewareAsync(command, context);
            else if (part is DirectiveCommand directive) await directive.InvokeAsync(context);
            else if ((await RunAsync(part, context, CancellationToken.None)).Failure is { } failure) context.Fail(command, failure.Exception, failure.Message);
            if (context.IsComplete) return;
        }
    }

    private Task GoThroughMiddlewareAsync(KernelCommand command, KernelInvocationContext context)
    {
        KernelPipelineContinuation next = HandAsync;
        for (var i = middleware.Count - 1; i >= 0; i--)
        {
            var (layer, inner) = (middleware[i], next);
            next = (c, x) => layer(c, x, inner);
        }

        return next(command, context);
    }

    private async Task HandAsync(KernelCommand command, KernelInvocationContext context)
    {
        SetHandlingKernel(command, context);
        var target = context.HandlingKernel!;
        if (command is SubmitCode && !await RunDeferredAsync(command, context)) return;
        command.RoutingSlip.Arrive(KernelInfo.Uri);
        if (target != this) await target.GoThroughMiddlewareAsync(command, context);
        else await HandleAsync(command, context);
        command.RoutingSlip.Leave(KernelInfo.Uri);
    }

    private Task HandleAsync(KernelCommand command, KernelInvocationContext context)
    {
        if (command.Handler is null)
            for (var kernel = this; kernel is not null && command.Handler is null; kernel = kernel.ParentKernel)
                if (kernel.handlers.TryGetValue(command.GetType(), out var handler)) command.Handler = handler;
        return HandlesItself(command) ? command.InvokeAsync(context) : throw new CommandNotSupportedException(command.GetType(), this);
    }

    // Each kernel on the way to the one that runs the code has its own.
    private async Task<bool> RunDeferredAsync(KernelCommand before, KernelInvocationContext context)
    {
        while (deferred.TryDequeue(out var command))
            if ((await RootKernel.RunAsync(command, context, context.CancellationToken)).Failure is { } failure)
            {
                context.Fail(before, failure.Exception, $"What was to run before this cell failed: {failure.Message}");
                return false;
            }

        return true;
    }
}
