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
    private CancellationToken current;

    public void Watch(CancellationToken cancellationToken)
    {
        // A cell that was told to stop and has not yet done so must not miss it.
        if (current.IsCancellationRequested && !running.IsCompleted) return;
        current = cancellationToken;
        foreach (var field in fields) field.SetValue(null, cancellationToken);
    }

    /// <summary>Remembers the run of the cell itself.</summary>
    public void Keep(Task run) => running = run;
}
