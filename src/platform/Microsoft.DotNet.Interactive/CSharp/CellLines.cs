using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Which lines of cells the frames of a stack are of. Writing down where each instruction comes from takes a quarter of the
/// time that a short cell needs, and most cells never fail: so it is done when somebody asks.
/// </summary>
internal static class CellLines
{
    // Cells live as long as the process, their compilations as long as their kernel.
    private static readonly ConditionalWeakTable<Assembly, WeakReference<CSharpCompilation>> Cells = [];

    /// <summary>Whether the cell itself may look at its stack: the runtime must know its lines, then.</summary>
    public static bool AreReadBy(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Any(node => node
        is TryStatementSyntax or IdentifierNameSyntax { Identifier.ValueText: nameof(StackTrace) or nameof(StackFrame) });

    public static void Keep(Assembly cell, CSharpCompilation compilation) => Cells.Add(cell, new(compilation));

    /// <summary>The file and the line of a frame.</summary>
    /// <param name="frame">A frame of a cell.</param>
    /// <param name="isOfACheck">Whether one of <see cref="RuntimeChecks"/> has failed there.</param>
    /// <returns>No lines where they are not known; several where it can have been any of them; null when nothing is known.</returns>
    public static (string File, int[] Lines)? Of(StackFrame frame, bool isOfACheck)
    {
        var known = frame.GetFileName() is { Length: > 0 } file && frame.GetFileLineNumber() is > 0 and var line ? (file, new[] { line }) : default((string, int[])?);
        if ((known is not null && !isOfACheck) || frame.GetMethod() is not { } method
            || !Cells.TryGetValue(method.Module.Assembly, out var kept) || !kept.TryGetTarget(out var compilation)) return known;
        using var symbols = Symbols(compilation);
        var reader = symbols.GetMetadataReader();
        List<SequencePoint> points = [.. reader.GetMethodDebugInformation(MetadataTokens.MethodDefinitionHandle(method.MetadataToken)).GetSequencePoints()];
        int[] lines = isOfACheck ? [.. RuntimeChecks.In(method).SelectMany(LineAt).Distinct().Order()] : [];
        if (lines.Length == 0 && known is not null) return known;
        if (lines.Length == 0) lines = [.. LineAt(frame.GetILOffset())];
        var document = points.Select(p => p.Document).FirstOrDefault(d => !d.IsNil);
        return (document.IsNil ? compilation.SyntaxTrees[0].FilePath : reader.GetString(reader.GetDocument(document).Name), lines);

        IEnumerable<int> LineAt(int offset) => points.Where(p => !p.IsHidden && p.Offset <= offset).TakeLast(1).Select(p => p.StartLine);
    }

    // The compiler makes the same of the same cell each time.
    private static MetadataReaderProvider Symbols(CSharpCompilation compilation)
    {
        MemoryStream assembly = new(), symbols = new();
        compilation.Emit(assembly, symbols, options: Script.EmitOptions);
        assembly.Position = symbols.Position = 0;
        if (compilation.SyntaxTrees.Any(CellWatch.IsNeededBy)) symbols = CellWatch.Insert(assembly, symbols).Symbols;
        return MetadataReaderProvider.FromPortablePdbStream(symbols);
    }
}
