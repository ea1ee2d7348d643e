using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>Modules lie in modules, and what goes through them calls itself: where the stack would end, and the process with it, this says so.</summary>
internal static class Nesting
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new InvalidOperationException("The modules are nested too deeply to go through them: is a module a part of itself?");
    }
}
