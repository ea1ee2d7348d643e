using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.DotNet.Interactive.Assemblies;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using FieldAttributes = Mono.Cecil.FieldAttributes;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Makes a compiled cell look, wherever it jumps back and wherever a method begins, whether it shall stop and whether the
/// stack still has room; and keeps it from ending the process. The compiler's own instrumentation knows no lambdas, no
/// iterators, no async methods and no goto, and a cell is an async method itself.
/// </summary>
internal static class CellWatch
{
    /// <summary>The type in a cell's assembly that holds the token, and its field.</summary>
    public const string TypeName = "<CellWatch>", StopField = "Stop";

    /// <summary>Whether the code can run for long, or end the process; most cells cannot.</summary>
    public static bool IsNeededBy(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Any(node => node
        is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or GotoStatementSyntax
        or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax or BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
        or IdentifierNameSyntax { Identifier.ValueText: nameof(Environment.Exit) or nameof(Environment.FailFast) or nameof(Console.Clear) });

    /// <summary>Rewrites an assembly and its symbols, which stay true to the source.</summary>
    public static (MemoryStream Assembly, MemoryStream Symbols) Insert(Stream assembly, Stream symbols)
    {
        using var resolver = new Resolver();
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters
        {
            AssemblyResolver = resolver, ReadSymbols = true, SymbolStream = symbols, SymbolReaderProvider = new PortablePdbReaderProvider(),
        });
        var methods = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
        var watch = new Inserted(module);
        foreach (var method in methods) Watch(method, watch);
        MemoryStream watched = new(), watchedSymbols = new();
        module.Write(watched, new WriterParameters { WriteSymbols = true, SymbolStream = watchedSymbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
        watched.Position = watchedSymbols.Position = 0;
        return (watched, watchedSymbols);
    }

    private static void Watch(MethodDefinition method, Inserted watch)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var code = body.GetILProcessor();
        // What calls nothing cannot call itself.
        var calls = false;
        foreach (var instruction in body.Instructions.ToArray())
        {
            if (instruction.Operand is MethodReference called)
            {
                calls |= instruction.OpCode.FlowControl == FlowControl.Call;
                if (watch.ReplacementOf(called) is { } replacement) instruction.Operand = replacement;
            }

            if (JumpsBack(instruction)) Look(code, instruction, watch);
        }

        if (calls && MayThrowAtOnce(method)) Begin(method, code, watch);
        body.OptimizeMacros();
    }

    private static bool JumpsBack(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => IsAtOrBefore(target, instruction),
        Instruction[] targets => targets.Any(target => IsAtOrBefore(target, instruction)),
        _ => false,
    };

    // Offsets are those of the compiler: what has been inserted since has none, and is nobody's target.
    private static bool IsAtOrBefore(Instruction target, Instruction instruction) => target.Offset <= instruction.Offset;

    // Before a jump: its condition lies on the stack, and a look leaves it there. Who jumped to the jump looks first.
    private static void Look(ILProcessor code, Instruction jump, Inserted watch)
    {
        var copy = Instruction.Create(OpCodes.Nop);
        (copy.OpCode, copy.Operand, copy.Offset) = (jump.OpCode, jump.Operand, jump.Offset);
        (jump.OpCode, jump.Operand) = (OpCodes.Ldsfld, watch.Stop);
        code.InsertAfter(jump, copy);
        code.InsertBefore(copy, code.Create(OpCodes.Call, watch.JumpBack));
    }

    private static void Begin(MethodDefinition method, ILProcessor code, Inserted watch)
    {
        var body = method.Body;
        var catches = body.ExceptionHandlers.Any(h => h.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter);
        // What an async method throws must reach its task: it begins where its outermost `try` does.
        var outermost = IsOf(method, nameof(IAsyncStateMachine)) ? body.ExceptionHandlers.MaxBy(h => h.TryEnd.Offset - h.TryStart.Offset) : null;
        var first = outermost?.TryStart ?? body.Instructions[0];
        Instruction[] begin = IsOf(method, nameof(IAsyncStateMachine)) || IsOf(method, nameof(IEnumerator))
            ? [code.Create(OpCodes.Call, watch.EnterStateMachine)]
            : [code.Create(OpCodes.Ldsfld, watch.Stop), code.Create(OpCodes.Call, catches ? watch.EnterCatching : watch.EnterMethod)];
        foreach (var instruction in begin) code.InsertBefore(first, instruction);
        foreach (var handler in body.ExceptionHandlers.Where(h => outermost is not null && h.TryStart == first)) handler.TryStart = begin[0];
        // An error in these is one of the line at which the method begins.
        var points = method.DebugInformation.SequencePoints;
        if (outermost is null && points.FirstOrDefault(p => !p.IsHidden) is { } point)
            points.Insert(0, new SequencePoint(begin[0], point.Document) { StartLine = point.StartLine, StartColumn = point.StartColumn, EndLine = point.EndLine, EndColumn = point.EndColumn });
    }

    // An exception where a type is made, or where something is disposed of or finalized, does more harm than it helps.
    private static bool MayThrowAtOnce(MethodDefinition method) =>
        !method.Name.EndsWith("Dispose", StringComparison.Ordinal) && method.Name is not (".cctor" or "Finalize" or "DisposeAsync")
        && !(IsOf(method, nameof(IEnumerator)) && method.Name != nameof(IEnumerator.MoveNext));

    private static bool IsOf(MethodDefinition method, string contract) => method.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == contract);

    /// <summary>What is added to the cell's assembly, and what is called from it.</summary>
    private sealed class Inserted
    {
        private readonly ModuleDefinition module;

        public Inserted(ModuleDefinition module)
        {
            this.module = module;
            var type = new TypeDefinition("", TypeName, TypeAttributes.Sealed | TypeAttributes.Abstract | TypeAttributes.NotPublic, module.TypeSystem.Object);
            var stop = new FieldDefinition(StopField, FieldAttributes.Public | FieldAttributes.Static, module.ImportReference(typeof(CancellationToken)));
            type.Fields.Add(stop);
            module.Types.Add(type);
            Stop = stop;
            JumpBack = Import(typeof(CellRuntime), nameof(CellRuntime.JumpBack));
            EnterMethod = Import(typeof(CellRuntime), nameof(CellRuntime.EnterMethod));
            EnterStateMachine = Import(typeof(CellRuntime), nameof(CellRuntime.EnterStateMachine));
            EnterCatching = Import(typeof(CellRuntime), nameof(CellRuntime.EnterCatching));
            LetIn();
        }

        public FieldReference Stop { get; }

        public MethodReference JumpBack { get; }

        public MethodReference EnterMethod { get; }

        public MethodReference EnterStateMachine { get; }

        public MethodReference EnterCatching { get; }

        /// <summary>What a cell calls instead of a method that would end the process, or that only a terminal would hear of.</summary>
        public MethodReference? ReplacementOf(MethodReference called) =>
            (called.DeclaringType.FullName, called.Name) is ("System.Environment", nameof(Environment.Exit) or nameof(Environment.FailFast)) or ("System.Console", nameof(Console.Clear))
                ? typeof(CellRuntime).GetMethods().Where(m => m.Name == called.Name && m.GetParameters().Select(p => p.ParameterType.FullName).SequenceEqual(called.Parameters.Select(p => p.ParameterType.FullName)))
                    .Select(module.ImportReference).FirstOrDefault()
                : null;

        private MethodReference Import(Type type, string method) => module.ImportReference(type.GetMethod(method));

        // The runtime lets an assembly use the internals of another one that an attribute of this name names.
        private void LetIn()
        {
            var attribute = new TypeDefinition("System.Runtime.CompilerServices", "IgnoresAccessChecksToAttribute", TypeAttributes.Class | TypeAttributes.NotPublic, module.ImportReference(typeof(Attribute)));
            var constructor = new MethodDefinition(".ctor", MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, module.TypeSystem.Void);
            constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.String));
            var code = constructor.Body.GetILProcessor();
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Call, module.ImportReference(typeof(Attribute).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [])));
            code.Emit(OpCodes.Ret);
            attribute.Methods.Add(constructor);
            module.Types.Add(attribute);
            module.Assembly.CustomAttributes.Add(new CustomAttribute(constructor)
            {
                ConstructorArguments = { new CustomAttributeArgument(module.TypeSystem.String, typeof(CellRuntime).Assembly.GetName().Name) },
            });
        }
    }

    private sealed class Resolver : BaseAssemblyResolver
    {
        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) =>
            ProcessAssemblies.Find(name.Name) is { } path ? AssemblyDefinition.ReadAssembly(path, parameters) : base.Resolve(name, parameters);
    }
}
