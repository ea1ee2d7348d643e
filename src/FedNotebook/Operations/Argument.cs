using System.Runtime.CompilerServices;

namespace FedNotebook;

/// <summary>An argument that an operation cannot do without.</summary>
internal static class Argument
{
    /// <summary>The argument itself.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T Given<T>(T? argument, [CallerArgumentExpression(nameof(argument))] string? name = null) where T : class
    {
        ArgumentNullException.ThrowIfNull(argument, name);
        return argument;
    }

    /// <summary>The first of several, which says where the operation runs.</summary>
    /// <exception cref="ArgumentException">There is none, or it is null.</exception>
    public static T First<T>(IEnumerable<T> arguments, [CallerArgumentExpression(nameof(arguments))] string? name = null) where T : class =>
        Given(arguments, name).FirstOrDefault() ?? throw new ArgumentException("There is no pointer in the list, so there is no worker to run it at.", name);
}
