using System.Reflection;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Where the code of one cell looks whether it shall stop: a field of the compiler's, and one of <see cref="LoopWatch"/>.
/// A function that a cell has declared is called by others, so whichever cell runs, all look at its token.
/// </summary>
internal sealed class Interrupt(Assembly cell)
{
    private const string CompilersField = "ModuleCancellationToken";

    private readonly FieldInfo[] fields =
    [
        .. cell.GetTypes().Where(t => t.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal) || t.Name.StartsWith("Submission#", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(f => f.Name is CompilersField or LoopWatch.Field),
    ];

    private Task running = Task.CompletedTask;

    public void Watch(CancellationToken cancellationToken)
    {
        // A cell that was told to stop and has not yet done so must not miss it.
        if (!running.IsCompleted) return;
        foreach (var field in fields) field.SetValue(null, cancellationToken);
    }

    public void Abandon(Task run) => running = run;
}
