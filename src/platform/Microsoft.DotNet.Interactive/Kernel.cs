using System.Collections.Concurrent;
using System.Reactive.Disposables;
using Microsoft.DotNet.Interactive.Commands;
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
    private readonly CommandQueue queue = new();
    private readonly EventStream stream = new();
    private KernelSpecifierDirective? specifier;
    private SubmissionParser? parser;

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

    /// <summary>Every event of this kernel and of the kernels below it, one after the other.</summary>
    public IObservable<KernelEvent> KernelEvents => events;

    protected bool IsDisposed { get; private set; }

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

    internal CommandQueue Queue => RootKernel.queue;

    internal Func<Task>? OnQuit { get; set; }

    public void AddMiddleware(KernelCommandPipelineMiddleware middleware, string? caller = null) => this.middleware.Add(middleware);

    public void RegisterCommandHandler<TCommand>(Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand
    {
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

    /// <summary>Makes a type of command known; how it is handled is said elsewhere.</summary>
    public void RegisterCommandType<TCommand>()
        where TCommand : KernelCommand => KernelInfo.SupportedKernelCommands.Add(new KernelCommandInfo(typeof(TCommand).Name));

    public void RegisterForDisposal(Action dispose) => disposables.Add(Disposable.Create(dispose));

    public void RegisterForDisposal(IDisposable disposable) => disposables.Add(disposable);

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        disposables.Dispose();
        events.End();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => $"{GetType().Name}: {Name}";

    protected internal void PublishEvent(KernelEvent kernelEvent) => Stream.Publish(kernelEvent, [.. Observers]);

    /// <summary>Sets a variable to the value of the command: the object itself, or what its formatted value says.</summary>
    protected async Task SetValueAsync(SendValue command, KernelInvocationContext context, SetValueAsyncDelegate onSetValueAsync)
    {
        object? value = command.Value ?? command.FormattedValue switch
        {
            null => null,
            { MimeType: JsonFormatter.MimeType } json => SharedValues.FromJson(json.Value),
            var other => other.Value,
        };
        try
        {
            await onSetValueAsync(command.Name, value, value?.GetType());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            context.Fail(command, e, e.Message);
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

    private void AddDirective(KernelActionDirective directive)
    {
        // A subcommand is found through its parent; a directive that is added again replaces the first.
        if (directive.Parent is not null) return;
        foreach (var old in KernelInfo.SupportedDirectives.Where(d => d.Name == directive.Name).ToList())
            KernelInfo.SupportedDirectives.Remove(old);
        KernelInfo.SupportedDirectives.Add(directive);
    }
}
