using System.Runtime.CompilerServices;
using FedNotebook.Kernel.Magics;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Packages;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace FedNotebook.Kernel.Sessions;

/// <summary>The kernels behind one notebook, and the way from their events to the cell that caused them.</summary>
internal sealed class NotebookSession : IDisposable
{
    private readonly ConditionalWeakTable<KernelCommand, Action<CellOutput>> _listeners = [];
    private readonly IDisposable _events;

    /// <param name="ask">Gets an answer from whoever runs the notebook, to a prompt, perhaps a password; null when there is nobody to ask.</param>
    public NotebookSession(Func<string, bool, Task<string>>? ask)
    {
        PackageFeed.Announce();
        Formatter.SetPreferredMimeTypesFor(typeof(string), MimeBundle.PlainText);

        Root = new();
        var extensions = new PackageExtensions(Root);
        var csharp = new CSharpKernel().UseKernelHelpers().UseNugetDirective(async (kernel, packages) =>
        {
            kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
            await extensions.LoadAsync(packages);
        });
        Root.Add(csharp, ["c#", "C#"]);
        Root.DefaultKernelName = csharp.Name;
        NotebookMagics.AddTo(Root, csharp);

        if (ask is not null) AnswerInput(ask);
        Console.SetIn(new CellInput(ask ?? NobodyToAsk));

        _events = Root.KernelEvents.Subscribe(Hear);
    }

    public CompositeKernel Root { get; }

    public bool Runs(string kernelName) => Root.ChildKernels.TryGetByAlias(kernelName, out _);

    /// <summary>Runs the code of a cell. What its threads put out later still reaches <paramref name="onOutput"/>, on any thread.</summary>
    /// <returns>Why the cell failed (it has been put out as well), or null.</returns>
    public async Task<CellOutput.Error?> RunAsync(string code, string? kernelName, Action<CellOutput> onOutput, CancellationToken cancellationToken)
    {
        var command = new SubmitCode(code, kernelName);
        _listeners.Add(command, onOutput);
        CellOutput.Error? error;
        try
        {
            var result = await Root.SendAsync(command, cancellationToken);
            error = result.Events.OfType<CommandFailed>().LastOrDefault() is { } failure ? CellErrors.Describe(failure, cancellationToken.IsCancellationRequested) : null;
        }
        catch (Exception exception)
        {
            error = CellErrors.Describe(new(exception, command), cancellationToken.IsCancellationRequested);
        }

        if (error is not null) onOutput(error);
        return error;
    }

    /// <summary>Sends what an editor asks while code is typed; null when the language cannot tell.</summary>
    public async Task<T?> AskAsync<T>(KernelCommand request)
        where T : KernelEvent
    {
        if (!Root.ChildKernels.TryGetByAlias(Root.DefaultKernelName!, out var kernel) || !kernel.SupportsCommandType(request.GetType())) return null;
        try
        {
            return (await Root.SendAsync(request)).Events.OfType<T>().LastOrDefault();
        }
        catch (Exception)
        {
            // Half-typed code may be anything; an editor's question is no place for an error.
            return null;
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        Root.Dispose();
    }

    private void AnswerInput(Func<string, bool, Task<string>> ask)
    {
        Root.RegisterCommandHandler<RequestInput>(async (command, context) =>
        {
            try
            {
                context.Publish(new InputProduced(await ask(command.Prompt, command.IsPassword), command));
            }
            catch (UserErrorException refusal)
            {
                context.Fail(command, message: refusal.Message);
            }
        });
        Root.SetDefaultTargetKernelNameForCommand(typeof(RequestInput), Root.Name);
    }

    private static Task<string> NobodyToAsk(string prompt, bool isPassword) =>
        throw new InvalidOperationException("The cell asks for input, and there is nobody to ask when a notebook runs by itself.");

    private void Hear(KernelEvent kernelEvent)
    {
        for (var command = kernelEvent.Command; command is not null; command = command.Parent)
        {
            if (!_listeners.TryGetValue(command, out var listener)) continue;
            foreach (var output in OutputsOf.Event(kernelEvent)) listener(output);
            return;
        }
    }
}
