using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>An exception of a cell as its author reads it: what happened, and the lines of the cells that led there.</summary>
internal static partial class ErrorText
{
    // Of a recursion, the beginning and the end say enough.
    private const int Shown = 6;

    private static readonly Lazy<bool> Once = new(() =>
    {
        // A property that throws is a value like any other where an object is shown; its stack is of no use there.
        Formatter.Register<Exception>((e, context) => Show(e, context, text => text), PlainTextFormatter.MimeType);
        Formatter.Register<Exception>((e, context) => Show(e, context, text => $"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(text)}</pre></div>"), HtmlFormatter.MimeType);
        return true;
    });

    /// <summary>Shows exceptions as values in the same words.</summary>
    public static void Install() => _ = Once.Value;

    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        Write(exception, text);
        return text.ToString();
    }

    /// <summary>Whether the exception came through code of a cell.</summary>
    public static bool IsFromACell(Exception exception) => FramesOfCells(exception).Any();

    private static bool Show(Exception exception, FormatContext context, Func<string, string> write)
    {
        context.Writer.Write(write(context.Depth > 1 ? $"{exception.GetType()}: {exception.Message}" : Of(exception)));
        return true;
    }

    private static void Write(Exception exception, StringBuilder text)
    {
        text.Append(exception.GetType()).Append(": ").Append(exception.Message);
        foreach (var inner in exception is AggregateException many ? many.InnerExceptions.Take(3) : [exception.InnerException!])
            if (inner is not null)
            {
                text.Append("\n ---> ");
                Write(inner, text);
            }

        // The frames between and below are the libraries' and the kernel's; the exception itself keeps them.
        StackFrame[] frames = [.. FramesOfCells(exception)];
        var isOfACheck = RuntimeChecks.HaveThrown(exception);
        for (var i = 0; i < frames.Length; i++)
            if (i < Shown || i >= frames.Length - Shown) text.Append("\n   at ").Append(Describe(frames[i], i == 0 && isOfACheck));
            else if (i == Shown) text.Append($"\n   ... {frames.Length - 2 * Shown} more lines");
    }

    private static IEnumerable<StackFrame> FramesOfCells(Exception exception) => new StackTrace(exception, fNeedFileInfo: true).GetFrames().Where(IsOfACell);

    private static bool IsOfACell(StackFrame frame) => frame.GetMethod()?.DeclaringType is { } type && OutermostOf(type).Name.StartsWith("Submission#", StringComparison.Ordinal);

    private static Type OutermostOf(Type type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    private static string Describe(StackFrame frame, bool isOfACheck)
    {
        var method = frame.GetMethod()!;
        var place = CellLines.Of(frame, isOfACheck) is var (file, lines) ? Path.GetFileName(file) + Or(lines) : "a cell";
        // `<<Initialize>>d__0.MoveNext` is the cell itself; `<Load>d__3.MoveNext` its function Load.
        var name = InAngles().Match(method.DeclaringType!.Name + "." + method.Name) is { Success: true } match ? match.Groups[1].Value : method.Name;
        return name == "Initialize" ? place : $"{name} in {place}";
    }

    private static string Or(int[] lines) => lines switch
    {
        [] => "",
        [var line] => $", line {line}",
        [.. var others, var line] when others.Length < 4 => $", line {string.Join(", ", others)} or {line}",
        [var first, .., var line] => $", line {first} to {line}",
    };

    [GeneratedRegex(@"<+([A-Za-z_]\w*)>")]
    private static partial Regex InAngles();
}
