using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>Disposes, at the end of a cell and on its thread, of what it has declared with `using`.</summary>
internal static class Disposal
{
    /// <summary>A result as it looked before what it is made of was disposed of.</summary>
    public sealed record Shown(object Value, IReadOnlyList<FormattedValue> Formatted);

    public static Func<object?[], Task<object?>> After(Func<object?[], Task<object?>> run, Assembly cell, IReadOnlyList<string> names) => async states =>
    {
        object? result = null;
        Exception? failure = null;
        try
        {
            if (await run(states) is { } value) result = new Shown(value, FormattedValue.CreateManyFromObject(value));
        }
        catch (Exception e)
        {
            failure = e;
        }

        var owner = states.FirstOrDefault(state => state?.GetType().Assembly == cell);
        foreach (var name in names.Reverse())
            try
            {
                switch (owner?.GetType().GetField(name)?.GetValue(owner))
                {
                    case IDisposable disposable: disposable.Dispose(); break;
                    case IAsyncDisposable disposable: await disposable.DisposeAsync(); break;
                }
            }
            catch (Exception e)
            {
                failure ??= e;
            }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return result;
    };

    /// <summary>What cannot be disposed of.</summary>
    public static IEnumerable<Diagnostic> Check(CSharpCompilation compilation, IReadOnlyList<string> names) =>
        from name in names
        from variable in compilation.ScriptClass?.GetMembers(name).OfType<IFieldSymbol>() ?? []
        where variable.Type.TypeKind != TypeKind.Error && variable.Type.SpecialType != SpecialType.System_Object
              && !new[] { "System.IDisposable", "System.IAsyncDisposable" }.Any(contract => compilation.HasImplicitConversion(variable.Type, compilation.GetTypeByMetadataName(contract)))
        select new Diagnostic(LinePositionSpan.FromCodeAnalysisLinePositionSpan(variable.Locations[0].GetLineSpan().Span), DiagnosticSeverity.Error, "CS1674",
            $"'{variable.Type.ToDisplayString()}': type used in a using statement must implement 'System.IDisposable'.");
}
