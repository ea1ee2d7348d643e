using System.Reflection;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// Where the code of one cell looks whether it shall stop: the field of <see cref="CellWatch"/>.
/// A function that a cell has declared is called by others, so whichever cell runs, all look at its token.
/// </summary>
internal sealed class Interrupt(Assembly cell)
{
    private readonly FieldInfo stop = cell.GetType(CellWatch.TypeName, throwOnError: true)!.GetField(CellWatch.StopField)!;

    private Task running = Task.CompletedTask;
    private CancellationToken current;

    public void Watch(CancellationToken cancellationToken)
    {
        // A cell that was told to stop and has not yet done so must not miss it.
        if (current.IsCancellationRequested && !running.IsCompleted) return;
        current = cancellationToken;
        stop.SetValue(null, cancellationToken);
    }

    /// <summary>Remembers the run of the cell itself.</summary>
    public void Keep(Task run) => running = run;
}
