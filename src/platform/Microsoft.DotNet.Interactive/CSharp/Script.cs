using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive.Assemblies;
using Microsoft.DotNet.Interactive.CSharp.Extending;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// The cells that have run, each a submission that sees those before it. Roslyn's own runner is not used because it loads
/// assemblies into contexts of its own, where the types of a package are not those that an extension knows.
/// </summary>
internal sealed class Script
{
    private static readonly string Session = Guid.NewGuid().ToString("N");
    private static readonly Lock Binding = new();
    private static int submissions;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings:
        [
            "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading", "System.Threading.Tasks",
            "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Kernel",
        ],
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        specificDiagnosticOptions: ImmutableDictionary<string, ReportDiagnostic>.Empty
            .Add("CS1701", ReportDiagnostic.Suppress).Add("CS1702", ReportDiagnostic.Suppress), // Version differences between references.
        assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    public static readonly EmitOptions EmitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    // The compiler stumbles over the comments of what it has found to be wrong already.
    private const string NoDocumentationFile = "CS1569";

    // A field of a type that may not be one.
    private const string OnStackOnly = "CS8345";

    // How long an interrupted cell has to end by itself before the next one gets its turn.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly List<Interrupt> interrupts = [];
    private CancellationToken watched;
    private Submission? last;

    // What Roslyn's submissions expect: nothing, then the object of each one that holds variables or functions.
    private object?[] states = new object?[16];
    private int count = 1;

    public static SyntaxTree Parse(string code, string name) => CSharpSyntaxTree.ParseText(SourceText.From(code, System.Text.Encoding.UTF8), ParseOptions, name);

    /// <summary>The values of the variables, the newest first.</summary>
    public IEnumerable<ScriptVariable> Variables
    {
        get
        {
            var seen = new HashSet<string>();
            foreach (var state in states.Reverse().OfType<object>())
                foreach (var variable in state.GetType().GetFields())
                    if (!variable.Name.StartsWith('<') && seen.Add(variable.Name)) yield return new ScriptVariable(state, variable);
        }
    }

    /// <summary>The objects that hold what the cells have declared, in the order in which these ran.</summary>
    public IReadOnlyList<object> States => [.. states.OfType<object>()];

    /// <summary>What cells can refer to.</summary>
    public ScriptReferences References { get; private set; } = ScriptReferences.Default;

    public void Refer(ScriptReferences more)
    {
        foreach (var reference in more.Added.Except(References.Added).Where(r => r is not CellLibrary)) ProcessAssemblies.Add(reference.FilePath!);
        References = References.With(more);
    }

    /// <summary>What the names at a place in a cell stand for.</summary>
    public (SemanticModel Model, int Position) Look(CellCode cell, int position)
    {
        if (cell.Library is null) return (Compile(cell.Tree, cell.References).GetSemanticModel(cell.Tree), position);
        using var superseding = Superseding.By(cell.Library.Types, cell.References);
        var library = CompileLibrary(cell);
        return cell.Library.Spans.Any(span => span.Contains(position))
            ? (library.GetSemanticModel(cell.Library.Tree), cell.Library.FromCell(position))
            : (Compile(cell.Tree, cell.References, library).GetSemanticModel(cell.Tree), position);
    }

    public IReadOnlyList<Diagnostic> Check(CellCode cell, CancellationToken cancellationToken)
    {
        if (cell.Library is null) return Worth(Compile(cell.Tree, cell.References).GetDiagnostics(cancellationToken));
        using var superseding = Superseding.By(cell.Library.Types, cell.References);
        var library = CompileLibrary(cell);
        return [.. CellLibrary.Worth(cell.Library, library.GetDiagnostics(cancellationToken)), .. Worth(Compile(cell.Tree, cell.References, library).GetDiagnostics(cancellationToken))];
    }

    private CSharpCompilation Compile(SyntaxTree tree, ScriptReferences references, CSharpCompilation? library = null)
    {
        var id = Interlocked.Increment(ref submissions);
        // Usings and references pass from cell to cell; giving them again to each would cost memory in the square of the cells.
        var before = last; // Editors ask on other threads.
        var compilation = CSharpCompilation.CreateScriptCompilation(
            $"cell-{id}-{Session}", tree, [.. references.Since(before?.References), .. library is null ? (IEnumerable<MetadataReference>)[] : [library.ToMetadataReference()]],
            (before is null ? Options : Options.WithUsings(ImmutableArray<string>.Empty))
                .WithScriptClassName($"Submission#{id}").WithSourceReferenceResolver(new SourceFileResolver([], Directory.GetCurrentDirectory())),
            before?.Compilation, typeof(object));
        // Compilations share the symbols of what they refer to, if one has made them before the other asks. Two that bind at
        // the same time would not, and then the next cell finds two kinds of Task.
        lock (Binding) _ = compilation.GetSpecialType(SpecialType.System_Object);
        return compilation;
    }

    private CSharpCompilation CompileLibrary(CellCode cell)
    {
        IEnumerable<string> usings = UsingsOf(cell.Tree);
        for (var before = last?.Compilation; before is not null; before = before.ScriptCompilationInfo!.PreviousScriptCompilation) usings = usings.Concat(before.SyntaxTrees.SelectMany(UsingsOf));
        return CellLibrary.Compile($"cell-{Interlocked.Increment(ref submissions)}-{Session}", cell.Library!, usings.Concat(Options.Usings.Select(name => $"using {name};")), cell.References.Since(null), Options);

        static IEnumerable<string> UsingsOf(SyntaxTree tree) => ((CompilationUnitSyntax)tree.GetRoot()).Usings.Select(u => string.Join(' ', u.DescendantTokens().Where(t => !t.IsKind(SyntaxKind.GlobalKeyword) || t.Parent is not UsingDirectiveSyntax).Select(t => t.Text)));
    }

    /// <summary>Compiles a cell. Nothing of it is remembered before it runs.</summary>
    public (Submission? Submission, IReadOnlyList<Diagnostic> Diagnostics) Build(CellCode cell, CancellationToken cancellationToken)
    {
        if (cell.Library is not { } code) return Build(cell, cell.References, cancellationToken);
        using var superseding = Superseding.By(code.Types, cell.References);
        var compilation = CompileLibrary(cell);
        using MemoryStream assembly = new(), symbols = new();
        var result = compilation.Emit(assembly, symbols, options: EmitOptions, cancellationToken: cancellationToken);
        List<Diagnostic> diagnostics = [.. CellLibrary.Worth(code, result.Diagnostics)];
        if (!result.Success) return (null, diagnostics);
        assembly.Position = symbols.Position = 0;
        var library = new CellLibrary(compilation, assembly, code.Types);
        assembly.Position = 0;
        var (submission, others) = Build(cell, cell.References.With(library), cancellationToken);
        diagnostics.AddRange(others);
        if (submission is null) return (null, diagnostics);
        var loaded = Load(compilation.AssemblyName!, CellWatch.Insert(assembly, symbols));
        CellLines.Keep(loaded, compilation);
        superseding.Keep();
        return (submission with { Interrupts = [.. submission.Interrupts, new Interrupt(loaded)] }, diagnostics);
    }

    private (Submission? Submission, IReadOnlyList<Diagnostic> Diagnostics) Build(CellCode cell, ScriptReferences references, CancellationToken cancellationToken)
    {
        var compilation = Compile(cell.Tree, references);
        // More than one where a cell loads a file.
        var isWatched = compilation.SyntaxTrees.Any(CellWatch.IsNeededBy);
        var hasSymbols = isWatched || compilation.SyntaxTrees.Any(CellLines.AreReadBy);
        using MemoryStream assembly = new(), symbols = new();
        var result = compilation.Emit(assembly, hasSymbols ? symbols : null, options: EmitOptions, cancellationToken: cancellationToken);
        IReadOnlyList<Diagnostic> diagnostics = [.. Worth(result.Diagnostics), .. Disposal.Check(compilation, cell.Disposed)];
        if (diagnostics.Any(IsError)) return (null, diagnostics);
        // Nothing is emitted for a cell that has no code; its usings still count.
        if (!result.Success) return (new Submission(compilation, references, _ => Task.FromResult<object?>(null), []), diagnostics);
        assembly.Position = symbols.Position = 0;
        var entry = compilation.GetEntryPoint(cancellationToken)!;
        var loaded = Load(compilation.AssemblyName!, isWatched ? CellWatch.Insert(assembly, symbols) : (assembly, hasSymbols ? symbols : null));
        CellLines.Keep(loaded, compilation);
        var run = loaded.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        if (cell.Disposed.Count > 0) run = Disposal.After(run, loaded, cell.Disposed);
        return (new Submission(compilation, references, run, isWatched ? [new Interrupt(loaded)] : []), diagnostics);
    }

    private static Assembly Load(string name, (Stream Assembly, Stream? Symbols) cell)
    {
        using (cell.Assembly)
            using (cell.Symbols)
                return ProcessAssemblies.LoadCompiled(name, cell.Assembly, cell.Symbols);
    }

    /// <summary>Runs a submission; what it declares is there for the next one, also when it ends in an exception.</summary>
    public async Task<object?> RunAsync(Submission submission, CancellationToken cancellationToken)
    {
        Advance(); // A cell that runs another one from inside has its object there already.
        if (count + 1 >= states.Length) Array.Resize(ref states, states.Length * 2);
        var slots = states;
        last = submission;
        Refer(submission.References);
        interrupts.AddRange(submission.Interrupts);
        var outer = watched;
        Watch(cancellationToken);
        try
        {
            // On a thread of its own, so that an interrupt gives the next cell its turn even while this one computes.
            var run = CellRuntime.Start(() => submission.Run(slots));
            foreach (var interrupt in submission.Interrupts) interrupt.Keep(run);
            await Interruption.WaitAsync(run, Grace, cancellationToken);
            return await run;
        }
        finally
        {
            Watch(outer);
            Advance();
        }
    }

    private void Watch(CancellationToken cancellationToken)
    {
        watched = cancellationToken;
        foreach (var interrupt in interrupts) interrupt.Watch(cancellationToken);
    }

    // A submission that declares nothing leaves no object.
    private void Advance()
    {
        while (count < states.Length && states[count] is not null) count++;
    }

    private static IReadOnlyList<Diagnostic> Worth(ImmutableArray<Microsoft.CodeAnalysis.Diagnostic> diagnostics)
    {
        var worth = diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed && d.Id != NoDocumentationFile).OrderBy(d => d.Location.SourceSpan.Start).ToList();
        // What is wrong with an extension method is wrong with what stands for it in the cell.
        var written = worth.Where(d => d.Location.SourceTree is not { } tree || !ExtensionMethods.HasMade(tree.GetRoot().FindNode(d.Location.SourceSpan))).ToList();
        return [.. (written.Count > 0 ? written : worth).Select(Explain)];
    }

    private static Diagnostic Explain(Microsoft.CodeAnalysis.Diagnostic said)
    {
        var shown = Diagnostic.FromCodeAnalysisDiagnostic(said);
        return said.Id == OnStackOnly ? new Diagnostic(shown.LinePositionSpan, shown.Severity, shown.Code, shown.Message + " (A variable of a cell lives on in later cells: put this one into braces, or into a function.)") : shown;
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
