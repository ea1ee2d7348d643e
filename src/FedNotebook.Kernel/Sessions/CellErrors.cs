using System.Reflection;
using FedNotebook.Kernel.Outputs;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Sessions;

/// <summary>Why a cell failed, for the person who wrote it: the exception, its message and the lines of cells that it came through.</summary>
internal static class CellErrors
{
    private const string Red = "\x1b[31m", Plain = "\x1b[0m";

    /// <param name="failure">How the cell ended.</param>
    /// <param name="interrupted">Whether it was asked to: a request that timed out looks the same, and is an error like any other.</param>
    public static CellOutput.Error Describe(CommandFailed failure, bool interrupted) =>
        Innermost(failure.Exception) switch
        {
            CodeSubmissionCompilationErrorException => Told("Compilation error", failure.Message, failure.Message),
            OperationCanceledException when interrupted => Told("Interrupted", "The cell was interrupted.", "The cell was interrupted."),
            { } exception => Told(exception.GetType().Name, exception.Message, failure.Message),
            null => Told("Error", failure.Message, failure.Message),
        };

    /// <param name="name">What kind of error.</param>
    /// <param name="message">What happened.</param>
    /// <param name="text">Both, and the cells' lines that led there.</param>
    private static CellOutput.Error Told(string name, string message, string text)
    {
        var lines = text.TrimEnd().Split('\n');
        return new(name, message.TrimEnd(), [Red + lines[0].TrimEnd() + Plain, .. lines.Skip(1).Select(line => line.TrimEnd())]);
    }

    /// <summary>Wrappers say nothing about what went wrong in the cell.</summary>
    private static Exception? Innermost(Exception? exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [var only] } => Innermost(only),
            TargetInvocationException or TypeInitializationException when exception.InnerException is { } inner => Innermost(inner),
            _ => exception,
        };
}
