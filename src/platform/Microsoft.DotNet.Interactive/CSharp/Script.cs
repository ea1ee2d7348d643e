using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive.Assemblies;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// The cells that have run, each a submission that sees those before it. Roslyn's own runner is not used because it loads
/// assemblies into contexts of its own, where the types of a package are not those that an extension knows.
/// </summary>
internal sealed class Script(ScriptReferences references)
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

    private static readonly EmitOptions EmitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    // The compiler stumbles over the comments of what it has found to be wrong already.
    private const string NoDocumentationFile = "CS1569";

    // How long an interrupted cell has to end by itself before the next one gets its turn.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly List<Interrupt> interrupts = [];
    private CancellationToken watched;
    private CSharpCompilation? last;
    private int inherited;

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

    public SemanticModel Look(SyntaxTree tree) => Compile(tree).Compilation.GetSemanticModel(tree);

    private (CSharpCompilation Compilation, int References) Compile(SyntaxTree tree)
    {
        var id = Interlocked.Increment(ref submissions);
        // Usings and references pass from cell to cell; giving them again to each would cost memory in the square of the cells.
        var (shared, known) = last is null ? references.All : references.Since(inherited);
        var options = last is null ? Options : Options.WithUsings(ImmutableArray<string>.Empty);
        var compilation = CSharpCompilation.CreateScriptCompilation(
            $"cell-{id}-{Session}", tree, shared,
            options.WithScriptClassName($"Submission#{id}").WithSourceReferenceResolver(new SourceFileResolver([], Directory.GetCurrentDirectory())),
            last, typeof(object));
        // Compilations share the symbols of what they refer to, if one has made them before the other asks. Two that bind at
        // the same time would not, and then the next cell finds two kinds of Task.
        lock (Binding) _ = compilation.GetSpecialType(SpecialType.System_Object);
        return (compilation, known);
    }

    public (Submission? Submission, IReadOnlyList<Diagnostic> Diagnostics) Build(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var (compilation, known) = Compile(tree);
        using MemoryStream assembly = new(), symbols = new();
        var result = compilation.Emit(assembly, symbols, options: EmitOptions, cancellationToken: cancellationToken);
        var diagnostics = Worth(result.Diagnostics);
        if (diagnostics.Any(IsError)) return (null, diagnostics);
        // Nothing is emitted for a cell that has no code; its usings still count.
        if (!result.Success) return (new Submission(compilation, known, _ => Task.FromResult<object?>(null), null, HasResult: false), diagnostics);
        assembly.Position = symbols.Position = 0;
        var entry = compilation.GetEntryPoint(cancellationToken)!;
        var isWatched = CellWatch.IsNeededBy(tree);
        var loaded = Load(compilation.AssemblyName!, isWatched ? CellWatch.Insert(assembly, symbols) : (assembly, symbols));
        var run = loaded.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        return (new Submission(compilation, known, run, isWatched ? new Interrupt(loaded) : null, HasResult(compilation, tree)), diagnostics);
    }

    private static Assembly Load(string name, (Stream Assembly, Stream Symbols) cell)
    {
        using (cell.Assembly)
            using (cell.Symbols)
                return ProcessAssemblies.LoadCompiled(name, cell.Assembly, cell.Symbols);
    }

    public IReadOnlyList<Diagnostic> Check(SyntaxTree tree, CancellationToken cancellationToken) => Worth(Compile(tree).Compilation.GetDiagnostics(cancellationToken));

    /// <summary>Runs a submission; what it declares is there for the next one, also when it ends in an exception.</summary>
    public async Task<object?> RunAsync(Submission submission, CancellationToken cancellationToken)
    {
        Advance(); // A cell that runs another one from inside has its object there already.
        if (count + 1 >= states.Length) Array.Resize(ref states, states.Length * 2);
        var slots = states;
        (last, inherited) = (submission.Compilation, submission.References);
        if (submission.Interrupt is not null) interrupts.Add(submission.Interrupt);
        var outer = watched;
        Watch(cancellationToken);
        try
        {
            // On a thread of its own, so that an interrupt gives the next cell its turn even while this one computes.
            var run = CellRuntime.Start(() => submission.Run(slots));
            submission.Interrupt?.Keep(run);
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

    private static IReadOnlyList<Diagnostic> Worth(ImmutableArray<Microsoft.CodeAnalysis.Diagnostic> diagnostics) =>
    [
        .. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed && d.Id != NoDocumentationFile)
            .OrderBy(d => d.Location.SourceSpan.Start).Select(Diagnostic.FromCodeAnalysisDiagnostic),
    ];

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static bool HasResult(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last })
            return compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType?.SpecialType != SpecialType.System_Void;
        return root.DescendantNodes(n => n is not (LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or AnonymousFunctionExpressionSyntax))
            .Any(n => n is ReturnStatementSyntax { Expression: not null });
    }
}
