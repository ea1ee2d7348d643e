using System.Collections.Concurrent;
using System.ComponentModel;

namespace FedNotebook;

/// <summary>Hands the result of a magic command to the cell's variable that shall have it. Only the code of magic commands uses it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MagicResult
{
    private static readonly ConcurrentDictionary<long, object?> kept = new();
    private static long tickets;

    /// <summary>The result that was kept, as what C# says that the expression is.</summary>
    /// <param name="ticket">The number under which it was kept.</param>
    /// <param name="expression">What was computed. It is not run again: it tells the compiler the type.</param>
    public static T Of<T>(long ticket, Func<T> expression) => (T)kept[ticket]!;

    internal static long Keep(object? result)
    {
        var ticket = Interlocked.Increment(ref tickets);
        kept[ticket] = result;
        return ticket;
    }

    internal static void Drop(long ticket) => kept.TryRemove(ticket, out _);
}
