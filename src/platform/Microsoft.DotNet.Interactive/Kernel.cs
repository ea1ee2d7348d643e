using System.Collections.Concurrent;
using System.Reactive.Disposables;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Parsing;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive;

public abstract partial class Kernel : IKernelCommandHandler<RequestKernelInfo>, IDisposable
{
    private readonly ConcurrentDictionary<Type, KernelCommandInvocation> handlers = new();
    private readonly List<KernelCommandPipelineMiddleware> middleware = [];
    private readonly ConcurrentQueue<KernelCommand> deferred = new();
    private readonly EventSource events = new();
    private readonly CompositeDisposable disposables = [];
    private readonly EventStream stream = new();
    private KernelSpecifierDirective? specifier;
    private SubmissionParser? parser;
    private FrontendEnvironment? frontendEnvironment;
    private KernelScheduler<KernelCommand, KernelCommandResult>? givenScheduler, ownScheduler;

    protected Kernel(string name)
        : this(name, null!, null!)
    {
    }

    protected Kernel(string name, string languageName, string languageVersion)
    {
        KernelInfo = new KernelInfo(name, isComposite: this is CompositeKernel) { LanguageName = languageName, LanguageVersion = languageVersion };
        HandlerDiscovery.RegisterHandlersOf(this);
    }

    public string Name => KernelInfo.LocalName;

    public KernelInfo KernelInfo { get; }

    public CompositeKernel? ParentKernel { get; internal set; }

    public Kernel RootKernel => ParentKernel?.RootKernel ?? this;

    /// <summary>How many code submissions the kernel has run.</summary>
    public int SubmissionCount { get; internal set; }

    public SubmissionParser SubmissionParser => parser ??= new SubmissionParser(this);

    public virtual KernelSpecifierDirective KernelSpecifierDirective => specifier ??= new KernelSpecifierDirective("#!" + Name, Name);

    /// <summary>What shows the notebook: as for the kernel above, where nothing else is said.</summary>
    public FrontendEnvironment FrontendEnvironment
    {
        get => frontendEnvironment ??= ParentKernel?.FrontendEnvironment ?? new AutomationEnvironment();
        set => frontendEnvironment = value;
    }

    /// <summary>Every event of this kernel and of the kernels below it, one after the other.</summary>
    public IObservable<KernelEvent> KernelEvents => events;

    protected bool IsDisposed { get; private set; }

    /// <summary>What gives commands their turns: that of the kernel above, unless this one has been given its own.</summary>
    protected internal KernelScheduler<KernelCommand, KernelCommandResult> Scheduler => givenScheduler ?? ParentKernel?.Scheduler ?? OwnScheduler();

    public static Kernel? Current => KernelInvocationContext.Current?.HandlingKernel;

    public static Kernel? Root => Current?.RootKernel;

    /// <summary>How many code submissions have come from outside: a cell that runs others is one.</summary>
    internal int CellCount { get; private set; }

    internal EventStream Stream => RootKernel.stream;

    /// <summary>Those who see the events of this kernel: its own observers and those of the kernels above it.</summary>
    internal IEnumerable<EventSource> Observers
    {
        get
        {
            for (var kernel = this; kernel is not null; kernel = kernel.ParentKernel) yield return kernel.events;
        }
    }

    internal Func<Task>? OnQuit { get; set; }

    public void AddMiddleware(KernelCommandPipelineMiddleware middleware, string? caller = null) => this.middleware.Add(middleware);

    public void RegisterCommandHandler<TCommand>(Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand
    {
        KernelCommandEnvelope.RegisterCommand<TCommand>();
        handlers[typeof(TCommand)] = (command, context) => handler((TCommand)command, context);
        KernelInfo.SupportedKernelCommands.Add(new KernelCommandInfo(typeof(TCommand).Name));
    }

    public bool SupportsCommandType(Type commandType) => handlers.ContainsKey(commandType);

    public void AddDirective(KernelActionDirective directive, KernelCommandInvocation handler)
    {
        directive.Handler = handler;
        AddDirective(directive);
    }

    public void AddDirective<TCommand>(KernelActionDirective directive, Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand
    {
        directive.KernelCommandType = typeof(TCommand);
        RegisterCommandHandler(handler);
        AddDirective(directive);
    }

    /// <summary>Has a command run before the next code that is submitted to this kernel.</summary>
    public void DeferCommand(KernelCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.TargetKernelName ??= this is CompositeKernel ? null : Name;
        deferred.Enqueue(command);
    }

    /// <summary>Makes a type of command known. It is handled as <see cref="CreateDefaultHandlerForCommandType{TCommand}"/> says, or by a handler that is registered elsewhere.</summary>
    public void RegisterCommandType<TCommand>()
        where TCommand : KernelCommand
    {
        KernelCommandEnvelope.RegisterCommand<TCommand>();
        if (CreateDefaultHandlerForCommandType<TCommand>() is { } handler) RegisterCommandHandler(handler);
        else KernelInfo.SupportedKernelCommands.Add(new KernelCommandInfo(typeof(TCommand).Name));
    }

    public void RegisterForDisposal(Action dispose) => disposables.Add(Disposable.Create(dispose));

    public void RegisterForDisposal(IDisposable disposable) => disposables.Add(disposable);

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        ownScheduler?.Dispose();
        disposables.Dispose();
        events.End();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => $"{GetType().Name}: {Name}";

    /// <summary>Gives commands of this kernel and of those below it their turns in another way.</summary>
    protected internal void SetScheduler(KernelScheduler<KernelCommand, KernelCommandResult> scheduler) => givenScheduler = scheduler ?? throw new ArgumentNullException(nameof(scheduler));

    protected internal void PublishEvent(KernelEvent kernelEvent)
    {
        kernelEvent.Publisher ??= this;
        Stream.Publish(kernelEvent, [.. Observers]);
    }

    /// <summary>Says which kernel runs a command: this one, or in a composite kernel the one that the command names.</summary>
    /// <exception cref="NoSuitableKernelException">There is none.</exception>
    protected virtual void SetHandlingKernel(KernelCommand command, KernelInvocationContext context) => context.HandlingKernel = FindTargetOf(command);

    /// <summary>How a type of command is handled that has been registered without a handler; null when it is not.</summary>
    protected virtual Func<TCommand, KernelInvocationContext, Task>? CreateDefaultHandlerForCommandType<TCommand>()
        where TCommand : KernelCommand => null;

    /// <summary>Sets a variable to the value of the command: the object itself, or what its formatted value says.</summary>
    protected async Task SetValueAsync(SendValue command, KernelInvocationContext context, SetValueAsyncDelegate onSetValueAsync)
    {
        try
        {
            object? value = command.Value ?? command.FormattedValue switch
            {
                null => null,
                { MimeType: JsonFormatter.MimeType } json => SharedValues.FromJson(json.Value),
                var other => other.Value,
            };
            await onSetValueAsync(command.Name, value, value?.GetType());
        }
        catch (JsonException e)
        {
            context.Fail(command, e, $"The value of '{command.Name}' is said to be JSON, and is not: {e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            context.Fail(command, e, e.Message.Split(" (Parameter ")[0]);
        }
    }

    public delegate Task SetValueAsyncDelegate(string name, object? value, Type? declaredType = null);

    Task IKernelCommandHandler<RequestKernelInfo>.HandleAsync(RequestKernelInfo command, KernelInvocationContext context)
    {
        IEnumerable<Kernel> kernels = this is CompositeKernel composite ? [this, .. composite] : [this];
        foreach (var kernel in kernels) context.Publish(new KernelInfoProduced(kernel.KernelInfo, command));
        return Task.CompletedTask;
    }

    internal Task QuitAsync() => OnQuit?.Invoke() ?? Task.CompletedTask;

    private KernelScheduler<KernelCommand, KernelCommandResult> OwnScheduler()
    {
        if (ownScheduler is null) Interlocked.CompareExchange(ref ownScheduler, new KernelCommandScheduler(), null);
        return ownScheduler;
    }

    private void AddDirective(KernelActionDirective directive)
    {
        DirectiveRules.Check(directive);
        // A subcommand is found through its parent; a directive that is added again replaces the first.
        if (directive.Parent is not null) return;
        foreach (var old in KernelInfo.SupportedDirectives.Where(d => d.Name == directive.Name).ToList())
            KernelInfo.SupportedDirectives.Remove(old);
        KernelInfo.SupportedDirectives.Add(directive);
    }
}
