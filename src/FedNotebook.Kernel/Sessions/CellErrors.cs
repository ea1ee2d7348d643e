using System.Diagnostics;
using System.Reflection;
using FedNotebook.Kernel.Outputs;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Sessions;

/// <summary>Why a cell failed, for the person who wrote it: the exception, its message and the lines of cells that it came through.</summary>
internal static class CellErrors
{
    private const string Red = "\x1b[31m", Bold = "\x1b[1m", Plain = "\x1b[0m";

    public static CellOutput.Error Describe(CommandFailed failure)
    {
        var exception = Innermost(failure.Exception);
        if (exception is null or CodeSubmissionCompilationErrorException) return Told("Error", failure.Message);
        if (exception is OperationCanceledException) return Told("Interrupted", "The cell was interrupted.");
        return Told(exception.GetType().Name, exception.Message, CellLines(exception));
    }

    private static CellOutput.Error Told(string name, string message, IEnumerable<string>? lines = null)
    {
        message = message.TrimEnd();
        return new(name, message, [$"{Red}{Bold}{name}{Plain}{Red}: {message}{Plain}", .. lines ?? []]);
    }

    /// <summary>Wrappers say nothing about what went wrong in the cell.</summary>
    private static Exception? Innermost(Exception? exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [var only] } => Innermost(only),
            TargetInvocationException or TypeInitializationException when exception.InnerException is { } inner => Innermost(inner),
            _ => exception,
        };

    /// <summary>Only the frames of cells: what is below them is the machinery, and its paths are of some machine.</summary>
    private static IEnumerable<string> CellLines(Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetFileLineNumber() > 0 && IsOfCell(frame.GetMethod()))
            .Select(frame => $"   at {frame.GetFileName()}, line {frame.GetFileLineNumber()}");

    private static bool IsOfCell(MethodBase? method) => method?.Module.Assembly is { IsDynamic: false, Location: "" };
}
