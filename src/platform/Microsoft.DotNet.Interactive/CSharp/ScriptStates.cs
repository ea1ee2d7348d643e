using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Shows the state of the cells as Roslyn's scripting shows that of its own scripts. Nobody else can make such an object in the
/// regular way, so this goes by what Roslyn keeps to itself; a test tells when that has changed.
/// </summary>
internal static class ScriptStates
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <param name="compilation">The last cell; it knows those before it.</param>
    /// <param name="states">The objects of the cells.</param>
    /// <param name="value">What the last cell gave back.</param>
    /// <param name="error">How the last cell failed.</param>
    public static ScriptState Of(Compilation compilation, IReadOnlyList<object> states, object? value, Exception? error)
    {
        var script = CSharpScript.Create<object>("");
        typeof(Microsoft.CodeAnalysis.Scripting.Script).GetField("_lazyCompilation", Inside)!.SetValue(script, compilation);
        // Before them stands the object of globals, of which there is none; behind them there is room for one more.
        object?[] slots = [null, .. states, null];
        var execution = typeof(ScriptState).Assembly.GetType("Microsoft.CodeAnalysis.Scripting.ScriptExecutionState", throwOnError: true)!
            .GetConstructor(Inside, [typeof(object[]), typeof(int)])!.Invoke([slots, slots.Length - 1]);
        return (ScriptState)typeof(ScriptState<object>).GetConstructors(Inside).Single().Invoke([execution, script, value, error]);
    }
}
