using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp.Editing;
using Microsoft.DotNet.Interactive.CSharp.Extending;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive.CSharp;

public class CSharpKernel : Kernel,
    IKernelCommandHandler<RequestCompletions>,
    IKernelCommandHandler<RequestDiagnostics>,
    IKernelCommandHandler<RequestHoverText>,
    IKernelCommandHandler<RequestSignatureHelp>,
    IKernelCommandHandler<RequestValue>,
    IKernelCommandHandler<RequestValueInfos>,
    IKernelCommandHandler<SendValue>,
    IKernelCommandHandler<SubmitCode>
{
    private readonly Script script = new();
    private readonly CSharpEditing editing;
    private (CodeAnalysis.Compilation Compilation, object? Value, Exception? Error)? ended;

    public CSharpKernel()
        : this("csharp")
    {
    }

    public CSharpKernel(string name)
        : base(name, "C#", "14.0")
    {
        editing = new CSharpEditing(script, code => Read(code, "cell"));
        ConsoleCapture.Install();
        BackgroundErrors.Install();
        ErrorText.Install();
        WarmUp.Start();
    }

    /// <summary>
    /// The state as Roslyn's scripting shows it: variables, the last value or exception, and a script that goes on from here. What goes on
    /// from it is no cell: it changes the variables that are there, and declares none for cells. Null before the first cell has run.
    /// </summary>
    public Microsoft.CodeAnalysis.Scripting.ScriptState? ScriptState => ended is { } end ? ScriptStates.Of(end.Compilation, script.States, end.Value, end.Error) : null;

    public bool TryGetValue<T>(string name, [MaybeNullWhen(false)] out T value)
    {
        var variable = script.Variables.FirstOrDefault(v => v.Name == name);
        value = variable?.Value is T typed ? typed : default!;
        return variable is not null && (variable.Value is T || variable.Value is null);
    }

    public async Task SetValueAsync(string name, object? value, Type? declaredType)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)) throw new ArgumentException($"'{name}' is not a name that C# allows for a variable.", nameof(name));
        var type = CSharpTypeName.Of(declaredType ?? value?.GetType());
        var (submission, diagnostics) = script.Build(Read($"{type} @{name} = default;", name), CancellationToken.None);
        if (submission is null) throw new InvalidOperationException(string.Join('\n', diagnostics));
        await script.RunAsync(submission, CancellationToken.None);
        script.Variables.First(v => v.Name == name).Value = value;
    }

    public void AddAssemblyReferences(IEnumerable<string> assemblyPaths)
    {
        script.Refer(assemblyPaths.Aggregate(script.References, (all, path) => all.With(Path.GetFullPath(path))));
    }

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.Publish(new CodeSubmissionReceived(command));
        SubmissionCount++;
        ConsoleCapture.Install(); // A cell before this one may have put another writer there.
        var cell = $"cell {RootKernel.CellCount}";
        var code = Read(new string('\n', command.LinesAbove) + command.Code, cell);
        context.Publish(SyntaxFactory.IsCompleteSubmission(code.Tree)
            ? new CompleteCodeSubmissionReceived(command)
            : new IncompleteCodeSubmissionReceived(command));

        var (submission, diagnostics) = code.Missing.Count > 0 ? (null, code.Missing) : script.Build(code, context.CancellationToken);
        if (submission is null)
        {
            context.Publish(DiagnosticsProduced.Of(diagnostics, command));
            var message = string.Join('\n', diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            context.Fail(command, new CodeSubmissionCompilationErrorException(new InvalidOperationException(message)), message);
            return;
        }

        object? result;
        try
        {
            result = await script.RunAsync(submission, context.CancellationToken);
            ended = (submission.Compilation, result is Disposal.Shown last ? last.Value : result, null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            ended = (submission.Compilation, null, e);
            context.Publish(DiagnosticsProduced.Of(diagnostics, command));
            context.Fail(command, e, ErrorText.Of(e));
            return;
        }

        context.Publish(DiagnosticsProduced.Of(diagnostics, command));
        if (submission.HasResult(result))
            context.Publish(result is Disposal.Shown shown
                ? new ReturnValueProduced(shown.Value, command, shown.Formatted)
                : new ReturnValueProduced(result, command, FormattedValue.CreateManyFromObject(result)));
    }

    Task IKernelCommandHandler<RequestCompletions>.HandleAsync(RequestCompletions command, KernelInvocationContext context)
    {
        context.Publish(editing.Complete(command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestHoverText>.HandleAsync(RequestHoverText command, KernelInvocationContext context)
    {
        if (editing.Describe(command) is { } described) context.Publish(described);
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestSignatureHelp>.HandleAsync(RequestSignatureHelp command, KernelInvocationContext context)
    {
        context.Publish(editing.ShowSignatures(command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestDiagnostics>.HandleAsync(RequestDiagnostics command, KernelInvocationContext context)
    {
        var code = Read(command.Code, "cell");
        context.Publish(DiagnosticsProduced.Of([.. code.Missing, .. script.Check(code, context.CancellationToken)], command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        var infos = script.Variables.Select(v => new KernelValueInfo(v.Name, FormattedValue.CreateSingleFromObject(v.Value, command.MimeType), v.Type));
        context.Publish(new ValueInfosProduced([.. infos.OrderBy(i => i.Name, StringComparer.Ordinal)], command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (script.Variables.FirstOrDefault(v => v.Name == command.Name) is { } variable)
            context.Publish(new ValueProduced(variable.Value, command.Name, FormattedValue.CreateSingleFromObject(variable.Value, command.MimeType), command));
        else
            context.Fail(command, message: $"Value '{command.Name}' not found in kernel {Name}");
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context) =>
        SetValueAsync(command, context, SetValueAsync);

    private CellCode Read(string code, string cell)
    {
        var tree = Script.Parse(code, cell);
        var written = code;
        var disposed = ProgramSyntax.TakeFrom(ref code, tree);
        if (code != written) tree = Script.Parse(code, cell);
        var library = LibraryCode.TakeFrom(ref code, tree);
        if (library is not null) tree = Script.Parse(code, cell);
        var lifted = ExtensionMethods.Lift(code, tree);
        if (lifted != code) (code, tree) = (lifted, Script.Parse(lifted, cell));
        var references = script.References;
        if (!tree.GetRoot().ContainsDirectives) return new(tree, library, references, [], disposed);

        // `#r "file.dll"` may stand on any line: Roslyn allows it only above all code.
        var missing = new List<Diagnostic>();
        var text = code.ToCharArray();
        foreach (var directive in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<ReferenceDirectiveTriviaSyntax>().Where(d => !d.File.IsMissing))
        {
            Array.Fill(text, ' ', directive.SpanStart, directive.File.Span.End - directive.SpanStart);
            if (ReferencedFiles.Find(directive.File.ValueText) is { } file) references = references.With(file);
            else missing.Add(NoSuchFile(directive.File));
        }

        return new(Script.Parse(new string(text), cell), library, references, missing, disposed);
    }

    private static Diagnostic NoSuchFile(SyntaxToken file) => new(
        LinePositionSpan.FromCodeAnalysisLinePositionSpan(file.GetLocation().GetLineSpan().Span),
        DiagnosticSeverity.Error, "CS0006", $"Metadata file '{file.ValueText}' could not be found");
}
